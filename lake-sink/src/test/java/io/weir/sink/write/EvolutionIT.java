package io.weir.sink.write;

import static io.weir.testkit.TestRecords.bytes;
import static io.weir.testkit.TestRecords.event;
import static io.weir.testkit.TestRecords.session;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.avro.Session;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.Until;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.TypeUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class EvolutionIT {

  @Test
  void tableEvolvesUnderAWriter_rowsOfBothLand(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().events();
    makeOld(lake);
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var old = new SinkLoop(parts, factory.consumer("old"));
    old.start();
    lake.produce(topic, 0, bytes(event("before", event -> event.setCountry("DE"))));
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, old);

    TestSink today = lake.factory(Clock.systemUTC());
    lake.produce(topic, 0, bytes(event("old writer", event -> event.setCountry("DE"))));
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 2, old);
    old.close();
    LoopParts now = today.parts(today.feeds().events(), lake.catalog());
    var loop = new SinkLoop(now, today.consumer("new"));
    loop.start();
    lake.produce(topic, 0, bytes(event("new writer", event -> event.setCountry("DE"))));
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 3, loop);
    loop.close();

    assertThat(parts.health().problem()).isEmpty();
    assertThat(lake.rows(LakeTables.EVENTS))
        .extracting(row -> row.getField("event_id") + " " + row.getField("country"))
        .containsExactlyInAnyOrder("before null", "old writer null", "new writer DE");
  }

  /**
   * Produces sessions of two schemas in turns, as in a rolling upgrade; the first has no {@code
   * bot_reason}.
   */
  @Test
  void producersOfTwoVersions_inTurns_areBothRead(Lake lake) throws IOException {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().sessions();
    Schema former = storedSchema("session", 1);
    assertThat(former.getField("bot_reason")).isNull();
    for (int i = 0; i < 20; i++) {
      Session session = session("s" + i, 0, change -> change.setBotReason("rate"));
      lake.produce(topic, i % 4, i % 2 == 0 ? bytes(session) : written(session, former));
    }

    LoopParts parts = factory.parts(factory.feeds().sessions(), lake.catalog());
    var loop = new SinkLoop(parts, factory.consumer("sessions"));
    loop.start();
    Until.holds(() -> lake.rows(LakeTables.SESSIONS).size() == 20, loop);
    loop.close();
    LoopParts gold = factory.gold(GoldTables.SESSION_METRICS, topic, AvroSerde.session());
    var goldLoop = new SinkLoop(gold, factory.consumer("metrics"));
    goldLoop.start();
    Until.holds(
        () -> lake.gold("SELECT count(*) FROM gold.session_metrics").equals("20"), goldLoop);
    goldLoop.close();

    assertThat(parts.health().problem()).isEmpty();
    assertThat(gold.health().problem()).isEmpty();
    assertThat(lake.rows(LakeTables.SESSIONS))
        .extracting(row -> row.getField("bot_reason"))
        .containsOnly("rate", null);
    assertThat(lake.rows(LakeTables.SESSIONS))
        .filteredOn(row -> row.getField("bot_reason") == null)
        .hasSize(10);
  }

  private static Schema storedSchema(String name, int version) throws IOException {
    String path = "/schemas/" + name + "/" + version + ".avsc";
    try (var stored = requireNonNull(AvroSerde.class.getResourceAsStream(path))) {
      return new Schema.Parser().parse(stored);
    }
  }

  /** The bytes that a service with the former schema wrote. */
  private static byte[] written(Session session, Schema former) throws IOException {
    var record = new GenericData.Record(former);
    former.getFields().forEach(field -> record.put(field.name(), session.get(field.name())));
    var bytes = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(new SpecificData(), former).encode(record, bytes);
    return bytes.toByteArray();
  }

  /** Creates the table of an older version, without countries. */
  private static void makeOld(Lake lake) {
    var spec = LakeTables.EVENTS;
    int country = spec.schema().findField("country").fieldId();
    var columns = TypeUtil.selectNot(spec.schema(), Set.of(country));
    var catalog = lake.catalog();
    var properties = lake.table(spec).properties();
    catalog.dropTable(spec.identifier());
    Table table = catalog.createTable(spec.identifier(), columns, spec.partitioning(), properties);
    assertThat(table.schema().findField("country")).isNull();
  }
}
