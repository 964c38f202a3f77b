package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedAddressTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/weir, jdbc:postgresql://db:5432/weir",
    "jdbc:postgresql://db/weir?user=weir&password=S3cret, jdbc:postgresql://db/weir",
    "jdbc:postgresql://db/weir?password=S3@cret, jdbc:postgresql://db/weir",
    "postgresql://weir:S3cret@db/weir?ssl=true, postgresql://db/weir",
    "postgresql://weir:S3/cr@et@db/weir, postgresql://db/weir",
    "postgresql://weir:S3?cret@db/weir, postgresql://…",
    "jdbc:sqlserver://db;password=S3cret, jdbc:sqlserver://db",
    "https://ops:S3cret@catalog:8181/api, https://catalog:8181/api",
    "weir:S3cret@db, db",
    "jdbc:sqlite:lake.db, jdbc:sqlite:lake.db"
  })
  void loginAndParameters_areLeftOut(String url, String printed) {
    assertThat(PrintedAddress.of(url)).isEqualTo(printed);
  }

  @Test
  void addressInAText_isPrintedToo() {
    String url = "jdbc:postgres://db/weir?password=S3cret";

    assertThat(PrintedAddress.in("No suitable driver found for " + url, url))
        .isEqualTo("No suitable driver found for jdbc:postgres://db/weir");
    assertThat(PrintedAddress.in("refused", "")).isEqualTo("refused");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://weir:S3cret@db/weir, true",
    "jdbc:postgresql://weir@db, true",
    "jdbc:postgresql://db/weir?user=a@b, false",
    "jdbc:postgresql://db/we@ir, false",
    "jdbc:postgresql://db:5432/weir, false"
  })
  void login_isFoundBeforeTheHost(String url, boolean isThere) {
    assertThat(PrintedAddress.hasLogin(url)).isEqualTo(isThere);
  }
}
