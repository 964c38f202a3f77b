package io.weir.sink;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.loop.Until;
import io.weir.sink.storage.FaultyStore;
import io.weir.sink.storage.FaultyStore.Mood;
import io.weir.sink.storage.Storage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the service on a store that fails in different ways, one after the other. */
@ExtendWith(Servers.class)
class ObjectStoreFaultsIT {
  /** The shortest timeout that Hadoop accepts. */
  private static final String LEAST_TIMEOUT = "15s";

  private static final String ENDPOINT = "WEIR_SINK_HADOOP_FS_S3A_ENDPOINT";
  private static final List<Mood> FAULTS =
      List.of(Mood.INTERNAL_ERROR, Mood.SLOW_DOWN, Mood.RESET, Mood.SILENT);
  private static final Pattern RETRIES =
      Pattern.compile("weir_sink_retries_total\\{table=\"silver.events\"} (\\S+)");

  @Test
  void storeFails_isReportedRetriedAndLosesNothing(Lake lake, @TempDir Path folder) {
    try (var _ = Storage.s3(lake, folder);
        var store = new FaultyStore(URI.create(lake.environment().get(ENDPOINT)).getPort())) {
      lake.set(ENDPOINT, "http://127.0.0.1:" + store.port());
      lake.set("WEIR_SINK_HADOOP_FS_S3A_CONNECTION_REQUEST_TIMEOUT", LEAST_TIMEOUT);
      lake.set("WEIR_SINK_HADOOP_FS_S3A_CONNECTION_TIMEOUT", LEAST_TIMEOUT);
      lake.set("WEIR_SINK_HADOOP_FS_S3A_RETRY_LIMIT", "0");
      try (var service = new SinkService(lake.config(), Clock.systemUTC())) {
        service.start();
        Until.holds(() -> Answers.get(service, "/ready").startsWith("200"));
        Table events = lake.table(LakeTables.EVENTS);
        for (int i = 0; i < FAULTS.size(); i++) {
          failAndMend(lake, service, store, FAULTS.get(i));
          long all = i + 1L;
          Until.holds(() -> committed(events) == all);
        }
      }
      assertThat(lake.rows(LakeTables.EVENTS))
          .extracting(row -> row.getField("event_id"))
          .containsExactlyInAnyOrder("INTERNAL_ERROR", "SLOW_DOWN", "RESET", "SILENT");
    }
  }

  private static void failAndMend(Lake lake, SinkService service, FaultyStore store, Mood fault) {
    Topic topic = lake.topics().events();
    double before = retries(service);
    store.be(fault);
    long begin = System.nanoTime();
    lake.produce(topic, 0, bytes(event(fault.name(), _ -> {})));
    // Two feeds read the event, and one of them may fail before the other.
    var answers = new ArrayList<String>();
    Until.holds(() -> {
      answers.add(Answers.get(service, "/ready"));
      return !answers.getLast().contains("\"silver.events\":\"ok\"");
    });
    Duration noticed = Duration.ofNanos(System.nanoTime() - begin);
    String ready = answers.getLast();
    if (fault == FAULTS.getFirst()) {
      Until.holds(() -> retries(service) >= before + 2);
    }

    store.be(Mood.WELL);
    long mended = System.nanoTime();
    Until.holds(() -> Answers.get(service, "/ready").startsWith("200"));
    Duration resumed = Duration.ofNanos(System.nanoTime() - mended);

    System.out.printf("%s: noticed %s, ready %s: %s%n", fault, noticed, resumed, ready);
    assertThat(ready).as("%s", fault).startsWith("503").contains("\"silver.events\":\"");
    assertThat(noticed).as("%s", fault).isLessThan(Duration.ofSeconds(40));
    assertThat(resumed).as("%s", fault).isLessThan(Duration.ofSeconds(60));
  }

  private static double retries(SinkService service) {
    Matcher found = RETRIES.matcher(Answers.get(service, "/metrics"));
    assertThat(found.find()).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private static long committed(Table table) {
    table.refresh();
    return CommittedOffsets.newest(table).offsets().of(0);
  }
}
