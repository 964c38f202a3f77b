package io.weir.tools.replay;

import static io.weir.testkit.TestRecords.NOON;
import static io.weir.testkit.TestRecords.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.RecordHeader;
import io.weir.contract.avro.RejectedRecord;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.Until;
import io.weir.tools.Commands;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class RejectedReplayIT {
  private static final String NO_CURRENCY = "{\"event_id\":\"a\",\"value\":\"19.90\",\"n\":1.50}";
  private static final String LATER = "{\"event_id\":\"b\"}";

  @Test
  void replayWithFixes_arrivesOnceAndExact(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    refuse(lake, factory);
    String[] replay = {"replay", "--cast", "value=number", "--set", "currency=EUR"};
    String raw = lake.topics().raw().name();

    String dry = run(lake, 0, "replay", "--set", "currency=EUR", "--dry-run");
    String first = run(lake, 0, replay);
    drain(lake, factory, 2);
    String second = run(lake, 0, replay);

    assertThat(dry).contains("would send 2 to " + raw, "\"currency\":\"EUR\"");
    assertThat(first)
        .contains("replay 100%", "sent 2 to " + raw + ", skipped 1: 1 not a JSON object\n");
    assertThat(second)
        .endsWith("sent 0 to " + raw + ", skipped 3: 2 replayed before, 1 not a JSON object\n");
    List<Record> rows = lake.rows(LakeTables.RAW_EVENTS);
    assertThat(rows)
        .extracting(row -> text(row.getField("key")) + " " + text(row.getField("value")))
        .containsExactlyInAnyOrder(
            "null {\"event_id\":\"a\",\"value\":19.90,\"n\":1.50,\"currency\":\"EUR\"}",
            "v\u00ff {\"event_id\":\"b\",\"currency\":\"EUR\"}");
    assertThat(rows)
        .extracting(RejectedReplayIT::headers)
        .containsExactlyInAnyOrder(
            "h=\u00fe weir-replayed-from=" + raw + "-0-5", "weir-replayed-from=" + raw + "-1-6");
  }

  @Test
  void replayWithoutFix_sendsTheVeryBytes_ofTheFilter(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    refuse(lake, factory);

    String sent = run(lake, 0, "replay", "--reason", "not_json");
    drain(lake, factory, 1);
    String rest = run(lake, 0, "replay", "--until", "2026-03-01T12:00:00.001Z", "--limit", "1");
    drain(lake, factory, 2);

    assertThat(sent).contains("sent 1 to ", "skipped 0\n");
    assertThat(rest).contains("sent 1 to ", "skipped 0\n");
    assertThat(lake.rows(LakeTables.RAW_EVENTS))
        .extracting(row -> text(row.getField("key")) + " " + text(row.getField("value")))
        .containsExactlyInAnyOrder("null \u00ff{", "null " + NO_CURRENCY);
  }

  @Test
  void recordThatWasCut_isShownAsSuchAndNotSent(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    RejectedRecord cut = record(lake, 3, "too_large", "k", "ends of a large value");
    cut.setValueLength(10_000_000);
    lake.produce(lake.topics().rejected(), 0, bytes(cut));
    step(lake, factory.feeds().rejected(), factory, 1);

    assertThat(run(lake, 0, "show", "3:8")).contains("cut        large parts");
    assertThat(run(lake, 0, "replay"))
        .contains("sent 0 to ", "skipped 1: 1 too large to be kept whole");
  }

  @Test
  void listAndShow_tellWhatIsInTheTable(Lake lake) {
    refuse(lake, lake.factory(Clock.systemUTC()));
    String raw = lake.topics().raw().name();

    assertThat(run(lake, 0, "list", "--limit", "1"))
        .isEqualTo(
            "2  missing_field\n1  not_json\n3  in all\n\n"
                + "2026-03-01T12:00:02Z  not_json  "
                + raw
                + " 2:7  see 7\n");
    assertThat(run(lake, 0, "list", "--json", "--since", "2026-03-01T12:00:01Z", "--limit", "0"))
        .isEqualTo("{\"total\":2,\"counts\":{\"missing_field\":1,\"not_json\":1},\"newest\":[]}\n");
    assertThat(run(lake, 0, "show", "2:7"))
        .contains("reason     not_json\n", "key        (none)\n", "value      0xff7b\n");
    assertThat(run(lake, 0, "show", "0:5", "--topic", raw))
        .contains("header     h = 0xfe\n", "value      " + NO_CURRENCY + "\n");
    assertThat(run(lake, 1, "show", "0:5", "--topic", "other"))
        .isEqualTo("no refused record was at 0:5\n");
  }

  @Test
  void catalogAway_isOneLine(Lake lake) {
    lake.database().shut();

    assertThat(run(lake, 2, "list").lines())
        .singleElement()
        .asString()
        .contains("the catalog at ", "WEIR_POSTGRES_URL");
  }

  /** Writes three refused records to the table, a second apart. */
  private static void refuse(Lake lake, TestSink factory) {
    var rejected = lake.topics().rejected();
    var header = new RecordHeader("h", ByteBuffer.wrap(new byte[] {(byte) 0xfe}));
    RejectedRecord first = record(lake, 0, "missing_field", null, NO_CURRENCY);
    first.setHeaders(List.of(header, new RecordHeader("weir-replayed-from", null)));
    lake.produce(
        rejected,
        0,
        bytes(record(lake, 2, "not_json", null, "\u00ff{")),
        bytes(record(lake, 1, "missing_field", "v\u00ff", LATER)),
        bytes(first));
    step(lake, factory.feeds().rejected(), factory, 3);
  }

  private static RejectedRecord record(
      Lake lake, int number, String reason, @Nullable String key, String value) {
    return RejectedRecord.newBuilder()
        .setReason(reason)
        .setDetail("see " + (number + 5))
        .setRawTopic(lake.topics().raw().name())
        .setRawPartition(number)
        .setRawOffset(number + 5L)
        .setAppendTime(NOON + number * 1000L)
        .setKey(key == null ? null : ByteBuffer.wrap(key.getBytes(ISO_8859_1)))
        .setValue(ByteBuffer.wrap(value.getBytes(ISO_8859_1)))
        .build();
  }

  private static void drain(Lake lake, TestSink factory, int rows) {
    step(lake, factory.feeds().raw(), factory, rows);
  }

  private static void step(Lake lake, TableFeed feed, TestSink factory, int rows) {
    var loop =
        new SinkLoop(factory.parts(feed, lake.catalog()), factory.consumer(feed.spec().name()));
    loop.start();
    Until.holds(() -> lake.rows(feed.spec()).size() == rows, loop);
    loop.close();
  }

  private static String run(Lake lake, int code, String... arguments) {
    return Commands.run(lake, code, Commands.with(new String[] {"rejected"}, arguments));
  }

  private static String headers(Record row) {
    var text = new StringBuilder();
    for (Object each : (List<?>) row.getField("headers")) {
      var header = (Record) each;
      text.append(text.isEmpty() ? "" : " ")
          .append(header.getField("key"))
          .append('=')
          .append(text(header.getField("value")));
    }
    return text.toString();
  }

  private static String text(@Nullable Object bytes) {
    return bytes == null ? "null" : ISO_8859_1.decode(((ByteBuffer) bytes).duplicate()).toString();
  }
}
