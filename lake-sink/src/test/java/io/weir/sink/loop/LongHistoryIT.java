package io.weir.sink.loop;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.contract.Topic;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.commit.Marker;
import io.weir.lake.commit.Offsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.ops.SinkMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Measures a commit to a table that had no maintenance for a long time. */
@ExtendWith(Servers.class)
@Tag("alone")
class LongHistoryIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SNAPSHOTS = 1_000;
  private static final int SNAPSHOTS_PER_MANIFEST = 10;
  private static final int COMMITS = 15;
  private static final double MOST_SECONDS = 0.5;
  private static final Pattern SECONDS =
      Pattern.compile("weir_sink_commit_seconds_sum\\{table=\"silver.events\"} (\\S+)");

  @Test
  void thousandSnapshots_commitInHalfASecond(Lake lake) {
    var metrics = new SinkMetrics();
    TestSink factory = lake.factory(metrics);
    Table table = lake.table(LakeTables.EVENTS);
    grow(table);
    Topic topic = lake.topics().events();
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("events"));
    loop.start();

    var seconds = new ArrayList<Double>();
    double before = 0;
    for (int i = 0; i < COMMITS; i++) {
      lake.produce(topic, 0, bytes(event("e" + i, _ -> {})));
      long next = i + 1L;
      Until.holds(() -> committed(table) == next, loop);
      double sum = sum(metrics);
      seconds.add(sum - before);
      before = sum;
    }
    loop.close();

    List<Double> sorted = seconds.stream().sorted().toList();
    double median = sorted.get(COMMITS / 2);
    System.out.printf(
        "commit after %,d snapshots: median %.0f ms, longest %.0f ms%n",
        SNAPSHOTS, median * 1000, sorted.getLast() * 1000);
    assertThat(table.snapshots()).hasSize(SNAPSHOTS + COMMITS);
    assertThat(median).isLessThanOrEqualTo(MOST_SECONDS);
  }

  /** Adds a manifest with every tenth snapshot; maintenance joins them more often. */
  private static void grow(Table table) {
    Transaction history = table.newTransaction();
    for (int i = 0; i < SNAPSHOTS / SNAPSHOTS_PER_MANIFEST; i++) {
      AppendFiles append = history.newFastAppend().appendFile(file(table));
      CommittedOffsets.mark(append, new Marker("history-" + i, Offsets.EMPTY)).commit();
    }
    history.commitTransaction();
    TableOperations operations = ((BaseTable) table).operations();
    TableMetadata now = operations.current();
    operations.commit(now, TableMetadataParser.fromJson(lengthened(now)));
  }

  /** Metadata that repeat the newest snapshot many times, as if each was a commit of its own. */
  private static String lengthened(TableMetadata metadata) {
    try {
      var json = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(metadata));
      var snapshots = (ArrayNode) json.get("snapshots");
      while (snapshots.size() < SNAPSHOTS) {
        var newest = (ObjectNode) snapshots.get(snapshots.size() - 1);
        long id = newest.get("snapshot-id").asLong();
        long sequence = newest.get("sequence-number").asLong() + 1;
        ObjectNode next = newest.deepCopy();
        next.put("parent-snapshot-id", id).put("snapshot-id", id + 1);
        next.put("sequence-number", sequence);
        ((ObjectNode) next.get("summary")).put("weir.commit-id", "history-" + sequence);
        snapshots.add(next);
        json.put("last-sequence-number", sequence).put("current-snapshot-id", id + 1);
        ((ObjectNode) json.at("/refs/main")).put("snapshot-id", id + 1);
      }
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file that exists only in the catalog. */
  private static DataFile file(Table table) {
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/data/" + UUID.randomUUID() + ".parquet")
        .withPartitionPath("event_time_day=2026-03-01")
        .withFileSizeInBytes(1_000)
        .withRecordCount(1)
        .build();
  }

  private static long committed(Table table) {
    table.refresh();
    return CommittedOffsets.newest(table).offsets().of(0);
  }

  private static double sum(SinkMetrics metrics) {
    Matcher found = SECONDS.matcher(metrics.text());
    assertThat(found.find()).isTrue();
    return Double.parseDouble(found.group(1));
  }
}
