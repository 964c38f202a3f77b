package io.weir.sink;

import static io.weir.sink.TestRecords.bytes;
import static io.weir.sink.TestRecords.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.sink.table.LakeTables;
import java.time.Clock;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.TypeUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class EvolutionIT {

  @Test
  void tableEvolvesUnderAWriter_rowsOfBothLand(Lake lake) {
    SinkFactory factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.config().topics().events();
    makeOld(lake);
    LoopParts parts = factory.parts(factory.feeds().events(), lake.catalog());
    var old = new SinkLoop(parts, factory.consumer("old"));
    old.start();
    lake.produce(topic, 0, bytes(event("before", event -> event.setCountry("DE"))));
    Until.holds(() -> lake.rows(LakeTables.EVENTS).size() == 1, old);

    SinkFactory today = lake.factory(Clock.systemUTC());
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

  /** The table of an older version, which knew no countries. */
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
