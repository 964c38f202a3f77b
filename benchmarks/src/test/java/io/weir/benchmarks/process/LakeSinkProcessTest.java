package io.weir.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LakeSinkProcessTest {

  @Test
  void metrics_tellRowsAndLagByTable() {
    Map<String, LakeSinkProcess.TableProgress> tables =
        LakeSinkProcess.parse(
            """
            # HELP weir_sink_lag Records not read or not committed
            weir_sink_lag{table="silver.events"} 12.0
            weir_sink_rows_total{table="silver.events"} 3000000.0
            weir_sink_rows_total{table="bronze.raw_events"} 1.0E7
            weir_sink_commits_total{table="silver.events"} 4.0
            """);

    assertThat(tables).containsOnlyKeys("silver.events", "bronze.raw_events");
    assertThat(tables.get("silver.events"))
        .isEqualTo(new LakeSinkProcess.TableProgress(3_000_000, 12));
    assertThat(tables.get("bronze.raw_events"))
        .isEqualTo(new LakeSinkProcess.TableProgress(10_000_000, Double.NaN));
  }
}
