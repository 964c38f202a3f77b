package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
  private static Set<Integer> ports(Optional<Integer> jvm) {
    return IntStream.range(0, FreePort.COUNT)
        .mapToObj(turn -> FreePort.port(turn, jvm))
        .collect(Collectors.toSet());
  }

  @Test
  void jvmWithoutANumber_choosesFromAllPorts() {
    assertThat(ports(Optional.empty())).hasSize(FreePort.COUNT);
  }

  @Test
  void jvmsWithNumbers_haveNoPortInCommon() {
    assertThat(ports(Optional.of(1)))
        .hasSize(FreePort.COUNT / FreePort.JVMS)
        .doesNotContainAnyElementsOf(ports(Optional.of(2)));
  }
}
