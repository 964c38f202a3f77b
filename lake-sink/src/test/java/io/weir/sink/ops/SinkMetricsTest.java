package io.weir.sink.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SinkMetricsTest {
  private final SinkMetrics metrics = new SinkMetrics();

  @Test
  void health_isAGaugeOfEachPart() {
    var loop = new LoopHealth("silver.events");
    metrics.health(loop);

    assertThat(metrics.text()).contains("weir_sink_ready{part=\"silver.events\"} 0.0");

    loop.up();
    assertThat(metrics.text()).contains("weir_sink_ready{part=\"silver.events\"} 1.0");
  }

  @Test
  void firstFailureOfMaintenance_isAChange() {
    metrics.maintained("silver.late");
    String before = metrics.text();

    metrics.maintenanceFailed("silver.late");

    String counter = "weir_sink_maintenance_failures_total{table=\"silver.late\"} ";
    assertThat(before).contains(counter + "0.0");
    assertThat(metrics.text()).contains(counter + "1.0");
  }

  @Test
  void disk_isThatOfTheWarehouse_orOfTemporaryFiles() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

    assertThat(LocalDisk.of("/lake")).isEqualTo(Path.of("/lake"));
    assertThat(LocalDisk.of("file:///lake")).isEqualTo(Path.of("/lake"));
    assertThat(LocalDisk.of("file:/lake")).isEqualTo(Path.of("/lake"));
    assertThat(LocalDisk.of("s3://bucket/lake")).isEqualTo(temporary);
  }

  @Test
  void process_hasTheRoomOfItsDisk() {
    metrics.process(Path.of("/"));

    assertThat(metrics.text()).contains("disk_free_bytes{path=\"/\"}", "jvm_memory_used_bytes");
  }
}
