package io.weir.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunLineTest {
  private static final String FLINK =
      "flink sessions events=2000000 seconds=40.00 events_per_s=50000 cpu_s=78.0"
          + " events_per_cpu_s=25641 maxrss_mb=1317 opts= broker_cpu_s=2.0 java=17.0.15";

  @Test
  void line_isRead() {
    RunLine line = RunLine.parse(FLINK);

    assertThat(line.engine()).isEqualTo("flink");
    assertThat(line.job()).isEqualTo("sessions");
    assertThat(line.eventsPerSecond()).isEqualTo(50_000);
    assertThat(line.figures()).containsEntry("maxrss_mb", "1317").containsEntry("opts", "");
  }

  @Test
  void figuresOfTheEngineAlone_leaveTheBrokerOut() {
    assertThat(RunLine.parse(FLINK).events()).isEqualTo(2_000_000);
    assertThat(RunLine.parse(FLINK).eventsPerOwnCpuSecond()).isEqualTo(25_641);
  }

  @Test
  void eventsPerCpuSecond_countTheBrokerIn() {
    assertThat(RunLine.parse(FLINK).eventsPerCpuSecond()).isEqualTo(25_000);
  }

  @Test
  void printed_isTheLineThatWasRead() {
    assertThat(RunLine.parse(FLINK)).hasToString(FLINK);
  }

  @Test
  void otherLines_areNoRuns() {
    assertThat(RunLine.isOne(FLINK)).isTrue();
    assertThat(RunLine.isOne("count read=2000004 invalid=9932")).isFalse();
  }

  @Test
  void missingFigure_isNamed() {
    RunLine line = RunLine.parse("spark sessions events=5 events_per_s=1 cpu_s=2");

    assertThatThrownBy(line::eventsPerCpuSecond)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no broker_cpu_s= in the line of spark");
  }
}
