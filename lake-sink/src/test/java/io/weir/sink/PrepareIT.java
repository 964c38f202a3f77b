package io.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.lake.table.LakeTables;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command that makes what the services need before they start. */
@ExtendWith(Servers.class)
class PrepareIT {

  @Test
  void prepare_makesTopicsAndTables_andMayBeRepeated(Lake lake) throws Exception {
    String first = prepare(lake, 0);
    String second = prepare(lake, 0);

    assertThat(first).contains("Kafka has all", "PostgreSQL is at this version");
    assertThat(second).isEqualTo(first);
    assertThat(topics(lake)).containsAll(lake.topics().all().stream().map(Topic::name).toList());
    LakeTables.all().forEach(spec -> assertThat(lake.rows(spec)).as(spec.fullName()).isEmpty());
    assertThat(lake.gold("SELECT count(*) FROM gold.session_metrics")).isEqualTo("0");
    lake.factory(Clock.systemUTC()).provision();
  }

  @Test
  void prepare_withoutPostgres_saysWhatToSet(Lake lake) {
    lake.database().shut();

    assertThat(prepare(lake, 2)).contains("WEIR_POSTGRES_URL");
  }

  private static String prepare(Lake lake, int code) {
    return Lake.output(Main.commandLine(lake::config), code, List.of("prepare"));
  }

  private static Iterable<String> topics(Lake lake)
      throws ExecutionException, InterruptedException {
    try (Admin admin = lake.config().kafka().admin()) {
      return admin.listTopics().names().get();
    }
  }
}
