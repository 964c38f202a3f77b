package io.weir.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessUsageTest {
  private final ProcessUsage self = new ProcessUsage(ProcessHandle.current().pid());

  @Test
  void cpuSeconds_areThoseTheJvmKnows() {
    double known =
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1_000.0;

    assertThat(self.cpuSeconds()).isBetween(known - 0.1, known + 5);
  }

  @Test
  void cpuSecondsOfAll_countRunningAndEndedChildren() throws IOException, InterruptedException {
    double before = self.cpuSecondsOfAll() - self.cpuSeconds();
    var busy = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done");

    assertThat(busy.start().waitFor()).isZero();
    double ended = self.cpuSecondsOfAll() - self.cpuSeconds();

    assertThat(ended - before).isBetween(0.05, 30.0);
  }

  @Test
  void threads_addUpToNoMoreThanTheProcess() {
    double threads =
        self.cpuSecondsByThread().values().stream().mapToDouble(Double::doubleValue).sum();

    assertThat(threads).isPositive().isLessThanOrEqualTo(self.cpuSeconds() + 1);
    assertThat(self.cpuSecondsByThread()).containsKey("java");
  }

  @Test
  void peak_isAtLeastTheHeapInUse() {
    Runtime runtime = Runtime.getRuntime();

    assertThat(self.peakMegabytes())
        .isGreaterThan((runtime.totalMemory() - runtime.freeMemory()) >> 21);
  }

  @Test
  void processThatIsGone_isNamed() {
    assertThatThrownBy(new ProcessUsage(-1)::cpuSeconds)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("/proc/-1/stat");
  }
}
