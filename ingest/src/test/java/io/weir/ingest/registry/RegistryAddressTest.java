package io.weir.ingest.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryAddressTest {
  private static RegistryAddress of(String address) {
    return RegistryAddress.of(address, Optional.empty(), Optional.empty());
  }

  @Test
  void loginInTheAddress_isTakenOutOfIt() {
    var address = of("https://us%40er:se@c+r%3at@registry:8081/ccompat/v7/");

    assertThat(address.url()).isEqualTo("https://registry:8081/ccompat/v7");
    assertThat(address.login()).contains("us@er:se@c+r:t");
    assertThat(address).hasToString("https://registry:8081/ccompat/v7");
  }

  @Test
  void loginOfTheSettings_isStronger() {
    var address = RegistryAddress.of("https://a:b@registry", Optional.of("c"), Optional.of("d"));

    assertThat(address).isEqualTo(new RegistryAddress("https://registry", Optional.of("c:d")));
  }

  @Test
  void userInTheAddress_hasThePasswordOfTheSettings() {
    assertThat(RegistryAddress.of("https://a@registry", Optional.empty(), Optional.of("d")))
        .isEqualTo(new RegistryAddress("https://registry", Optional.of("a:d")));
  }

  @Test
  void addressWithoutALogin_stays() {
    assertThat(of("http://registry:8081"))
        .isEqualTo(new RegistryAddress("http://registry:8081", Optional.empty()));
    assertThat(of("a:100%@registry").login()).contains("a:100%");
  }

  @Test
  void passwordWithASlash_isNotPrinted() {
    assertThatThrownBy(() -> of("https://user:sec/ret@registry"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_INGEST_REGISTRY_USER")
        .hasMessageNotContaining("ret@");
  }
}
