package io.weir.training.returning;

import static io.weir.testkit.TestSessions.START;
import static io.weir.training.returning.PlantedReturns.DAY;
import static io.weir.training.returning.PlantedReturns.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.lake.table.LakeTables;
import io.weir.model.feature.ReturnFeature;
import io.weir.model.feature.ReturnSchema;
import io.weir.process.StartupException;
import io.weir.training.session.LabelledRow;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeRows;
import io.weir.training.session.LakeSessions.Range;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LakeReturnsTest {
  private static final long MINUTE = 60_000;

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  @BeforeEach
  void open() {
    catalog.initialize("test", Map.of());
    catalog.createNamespace(Namespace.of("silver"));
    catalog.createTable(
        LakeTables.SESSIONS.identifier(),
        LakeTables.SESSIONS.schema(),
        LakeTables.SESSIONS.partitioning());
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
  }

  @Test
  void rowsOfTheTable_becomeVectorsWithTheirOutcome() {
    Record bought = row("a", "v", START);
    bought.setField("page_views", 4);
    bought.setField("is_converted", true);
    bought.setField("device", "Tablet");
    bought.setField("revenue", Map.of("EUR", new BigDecimal("12.9900")));
    append(bought, row("b", "v", START + HOUR), row("c", "w", START + 20 * DAY));

    LabelledRows rows = LakeReturns.read(table(), Range.ALL).rows();

    assertThat(rows.source().name()).isEqualTo("silver.sessions");
    assertThat(rows.source().snapshot()).isEqualTo(table().currentSnapshot().snapshotId());
    assertThat(rows.rows()).extracting(LabelledRow::outcome).containsExactly(true, false);
    float[] vector = rows.rows().getFirst().vector();
    assertThat(vector[ReturnSchema.place(ReturnFeature.PAGE_VIEWS)]).isEqualTo(4);
    assertThat(vector[ReturnSchema.place(ReturnFeature.IS_CONVERTED)]).isEqualTo(1);
    assertThat(vector[ReturnSchema.place(ReturnFeature.REVENUE)]).isCloseTo(12.99f, within(1e-4f));
    assertThat(vector[ReturnSchema.current().names().indexOf("device=tablet")]).isEqualTo(1);
  }

  @Test
  void laterSessionsThanTheRange_stillTellTheOutcome() {
    append(row("a", "v", START), row("b", "v", START + HOUR));
    long first = table().currentSnapshot().snapshotId();
    append(row("c", "w", START + 20 * DAY));
    Optional<Instant> to = Optional.of(Instant.ofEpochMilli(START + HOUR));

    LabelledRows rows =
        LakeReturns.read(table(), new Range(Optional.empty(), to, Optional.empty())).rows();

    assertThat(rows.rows()).extracting(LabelledRow::outcome).containsExactly(true);
    var young = new Range(Optional.empty(), Optional.empty(), Optional.of(first));
    assertThatThrownBy(() -> LakeReturns.read(table(), young).rows())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("no session is old enough");
  }

  /** A session that starts too late for a return leaves only its end. */
  @Test
  void sessionsFarBehindTheRange_areNotKept() {
    long lastReturn = START + MINUTE + 7 * DAY;
    append(
        row("a", "v", START),
        row("b", "v", lastReturn),
        row("c", "v", lastReturn + 1),
        row("d", "w", START + 20 * DAY));
    var to =
        new Range(
            Optional.empty(), Optional.of(Instant.ofEpochMilli(START + HOUR)), Optional.empty());

    ReturnSet set = LakeReturns.read(table(), to);

    assertThat(set.size()).isEqualTo(2);
    assertThat(set.rows().rows()).extracting(LabelledRow::outcome).containsExactly(true);
  }

  @Test
  void rangeWithoutSessions_keepsNone() {
    append(row("a", "v", START), row("b", "v", START + HOUR));
    var before =
        new Range(Optional.empty(), Optional.of(Instant.ofEpochMilli(START)), Optional.empty());

    ReturnSet set = LakeReturns.read(table(), before);

    assertThat(set.size()).isZero();
    assertThat(set.rows().rows()).isEmpty();
  }

  private Table table() {
    return catalog.loadTable(LakeTables.SESSIONS.identifier());
  }

  private void append(Record... rows) {
    LakeRows.append(table(), new ArrayList<>(List.of(rows)));
  }

  private Record row(String key, String visitor, long start) {
    Record row = GenericRecord.create(table().schema());
    row.setField("session_key", key);
    row.setField("visitor_id", visitor);
    row.setField("start_time", time(start));
    row.setField("end_time", time(start + MINUTE));
    Record inputs = GenericRecord.create(table().schema().findType("features").asStructType());
    LakeRows.fillRequired(inputs, inputs.struct().asSchema());
    row.setField("features", inputs);
    LakeRows.fillRequired(row, table().schema());
    return row;
  }

  private static OffsetDateTime time(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }
}
