package io.weir.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmFlagsTest {

  @Test
  void flags_areThoseOfThePom() {
    assertThat(JvmFlags.ofAll())
        .containsExactly(
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    assertThat(JvmFlags.ofServices())
        .contains("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
        .allMatch(flag -> flag.startsWith("-XX:"));
  }
}
