package io.weir.training.click;

import static io.weir.training.click.PlantedImpressions.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.lake.table.LakeTables;
import io.weir.model.feature.ClickFeature;
import io.weir.model.feature.ClickSchema;
import io.weir.process.StartupException;
import io.weir.training.session.LabelledRow;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.LakeRows;
import io.weir.training.session.LakeSessions.Range;
import java.io.IOException;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LakeImpressionsTest {
  private static final long HOUR = 3_600_000;

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  @BeforeEach
  void open() {
    catalog.initialize("test", Map.of());
    catalog.createNamespace(Namespace.of("silver"));
    catalog.createTable(
        LakeTables.EVENTS.identifier(),
        LakeTables.EVENTS.schema(),
        LakeTables.EVENTS.partitioning());
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
  }

  @Test
  void events_becomeImpressionsWithTheirPastAndOutcome() {
    append(
        row("1", "v", "product_view", START, null),
        row("2", "v", "ad_impression", START + 1_000, "a"),
        row("3", "v", "ad_click", START + 3_000, "a"),
        row("4", "v", "ad_impression", START + 4_000, "b"),
        row("5", "w", "page_view", START + HOUR, null));

    LabelledRows rows = LakeImpressions.read(table(), Range.ALL).rows();

    assertThat(rows.source().name()).isEqualTo("silver.events");
    assertThat(rows.source().snapshot()).isEqualTo(table().currentSnapshot().snapshotId());
    assertThat(rows.rows()).extracting(LabelledRow::outcome).containsExactly(true, false);
    LabelledRow second = rows.rows().get(1);
    assertThat(second.visitor()).isEqualTo("v");
    assertThat(second.time()).isEqualTo(START + 4_000);
    assertThat(value(second, ClickFeature.SESSION_EVENTS)).isEqualTo(3);
    assertThat(value(second, ClickFeature.SESSION_PRODUCT_VIEWS)).isEqualTo(1);
    assertThat(value(second, ClickFeature.POSITION)).isEqualTo(2);
    int mobile = ClickSchema.current().names().indexOf("device=mobile");
    assertThat(second.vector()[mobile]).isEqualTo(1);
  }

  @Test
  void snapshotAndRange_areRead() {
    append(row("1", "v", "ad_impression", START, "a"));
    long first = table().currentSnapshot().snapshotId();
    append(
        row("2", "v", "ad_impression", START + HOUR, "a"),
        row("3", "v", "page_view", START + 2 * HOUR, null),
        row("4", "v", "page_view", START + 3 * HOUR, null));
    Optional<Instant> from = Optional.of(Instant.ofEpochMilli(START + HOUR));
    Optional<Instant> to = Optional.of(Instant.ofEpochMilli(START + 3 * HOUR));

    assertThat(read(new Range(Optional.empty(), Optional.empty(), Optional.of(first))))
        .isEqualTo(0);
    assertThat(read(Range.ALL)).isEqualTo(2);
    assertThat(read(new Range(from, to, Optional.empty()))).isEqualTo(1);
    assertThatThrownBy(() -> read(new Range(from, to, Optional.of(1L))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("silver.events has no snapshot 1");
  }

  private int read(Range range) {
    return LakeImpressions.read(table(), range).rows().rows().size();
  }

  private Table table() {
    return catalog.loadTable(LakeTables.EVENTS.identifier());
  }

  private void append(Record... rows) {
    LakeRows.append(table(), new ArrayList<>(List.of(rows)));
  }

  private Record row(String id, String visitor, String type, long time, @Nullable String ad) {
    Record row = GenericRecord.create(table().schema());
    row.setField("event_id", id);
    row.setField("visitor_id", visitor);
    row.setField("event_type", type);
    row.setField("event_time", Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC));
    row.setField("ad_id", ad);
    row.setField("device", "Mobile");
    row.setField("properties", Map.of("position", "2"));
    LakeRows.fillRequired(row, table().schema());
    return row;
  }

  private static float value(LabelledRow row, ClickFeature feature) {
    return row.vector()[ClickSchema.place(feature)];
  }
}
