package io.weir.stream.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDatabaseTest {
  private static final String URL = "jdbc:postgresql://db:5432/weir";

  @ParameterizedTest
  @ValueSource(strings = {"", "?password=secret", "?ssl=true&password=secret?"})
  void address_showsNoPassword(String parameters) {
    var address = new SessionDatabase.Address(URL + parameters, "reader", "secret");

    assertThat(address.place()).isEqualTo(URL);
    assertThat(address).hasToString("Address[" + URL + ", reader]");
  }
}
