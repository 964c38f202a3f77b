package io.weir.sink.gold;

import static io.weir.sink.gold.CellTopic.cell;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.RecordOutcome;
import io.weir.contract.RejectReason;
import io.weir.contract.avro.GoldCell;
import io.weir.lake.gold.GoldTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The views of what became of raw records. */
@ExtendWith(Servers.class)
class QualityViewIT {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final String ROW =
      "SELECT concat_ws(' ', partition, received, returned, accepted, late, robots, duplicates,"
          + " rekeyed, rejected, internal, balance, avg_delay_s) FROM gold.quality"
          + " WHERE grain = '1m' AND partition = ";

  private static GoldCell outcome(int partition, String outcome, long records, long delay) {
    var key = new GoldKey(Subject.QUALITY, Grain.MINUTE, Dimension.OUTCOME, false, NOON, outcome);
    return cell(
        key,
        1,
        cell ->
            cell.setSessions(0).setPartition(partition).setEvents(records).setDurationMs(delay));
  }

  @Test
  void rows_balance(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    try (var topic = CellTopic.create(lake)) {
      var loop =
          new SinkLoop(
              factory.gold(GoldTables.CELLS, lake.cells(), AvroSerde.goldCell()),
              factory.consumer("cells"));
      loop.start();
      topic.send(
          outcome(0, RecordOutcome.RECEIVED.code(), 10, 25_000),
          outcome(0, RecordOutcome.ACCEPTED.code(), 4, 0),
          outcome(0, RecordOutcome.LATE.code(), 1, 0),
          outcome(0, RecordOutcome.ROBOT.code(), 2, 0),
          outcome(0, RecordOutcome.DUPLICATE.code(), 1, 0),
          outcome(0, RecordOutcome.REKEYED.code(), 2, 0),
          outcome(0, RecordOutcome.rejected(RejectReason.NOT_JSON), 2, 0),
          outcome(0, RecordOutcome.rejected(RejectReason.INTERNAL_TRAFFIC), 1, 0),
          outcome(1, RecordOutcome.RETURNED.code(), 2, 0),
          outcome(1, RecordOutcome.ACCEPTED.code(), 1, 0));
      Until.holds(() -> lake.gold("SELECT count(*) FROM gold.quality").equals("2"), loop);
      loop.close();
    }

    assertThat(lake.gold(ROW + 0)).isEqualTo("0 10 0 4 1 2 1 2 3 1 0 2.500");
    assertThat(lake.gold(ROW + 1)).isEqualTo("1 0 2 1 0 0 0 0 0 0 1");
    assertThat(
            lake.gold(
                "SELECT string_agg(reason || ' ' || rejected, ', ' ORDER BY reason)"
                    + " FROM gold.quality_reasons"))
        .isEqualTo("internal_traffic 1, not_json 2");
  }
}
