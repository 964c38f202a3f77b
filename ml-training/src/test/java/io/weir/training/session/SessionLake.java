package io.weir.training.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.ScoreReason;
import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The tables of sessions and of scores in memory. */
public final class SessionLake implements AutoCloseable {
  private static final Set<Type.TypeID> PLAIN =
      Set.of(
          Type.TypeID.BOOLEAN,
          Type.TypeID.INTEGER,
          Type.TypeID.LONG,
          Type.TypeID.STRING,
          Type.TypeID.TIMESTAMP);

  private final InMemoryCatalog catalog = new InMemoryCatalog();

  public SessionLake() {
    catalog.initialize("test", Map.of());
    catalog.createNamespace(Namespace.of("silver"));
    create(LakeTables.SESSIONS);
    create(LakeTables.SESSION_CHANGES);
    create(LakeTables.SCORES);
    create(LakeTables.EVENTS);
    create(LakeTables.AD_SCORES);
    create(LakeTables.RETURN_SCORES);
  }

  private void create(TableSpec spec) {
    catalog.createTable(spec.identifier(), spec.schema(), spec.partitioning());
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SessionSet read(LakeSessions.Range range) {
    return LakeSessions.read(table(), range);
  }

  /** Reads sessions and cuts them by the events. */
  public SessionSet read(LakeSessions.Range range, CutPlan plan) {
    return LakeSessions.read(catalog, range, plan);
  }

  /** Whether a training may cut sessions. */
  public boolean hasEvents() {
    return LakeSessions.hasEvents(catalog);
  }

  /** As lake-sink leaves it that does not write events. */
  public void dropEvents() {
    catalog.dropTable(LakeTables.EVENTS.identifier());
  }

  /** Appends events, as far as cuts need them. */
  public void appendEvents(List<EnrichedEvent> events) {
    Table table = catalog.loadTable(LakeTables.EVENTS.identifier());
    LakeRows.append(table, events.stream().map(each -> row(table, each)).toList());
  }

  private static Record row(Table table, EnrichedEvent event) {
    Record row = GenericRecord.create(table.schema());
    row.setField("event_id", event.getEventId());
    row.setField("event_type", event.getEventType());
    row.setField("event_time", plain("_time", event.getEventTime()));
    row.setField("visitor_id", event.getVisitorId());
    row.setField("url_domain", event.getUrlDomain());
    row.setField("url_path", event.getUrlPath());
    row.setField("device", event.getDevice());
    row.setField("country", event.getCountry());
    var element = table.schema().findType("products").asListType().elementType().asStructType();
    var products = new ArrayList<Record>();
    for (Product each : event.getProducts()) {
      Record product = GenericRecord.create(element);
      product.setField("product_id", each.getProductId());
      product.setField("quantity", each.getQuantity());
      product.setField("price", amount(each.getPriceE4()));
      products.add(product);
    }
    row.setField("products", products);
    LakeRows.fillRequired(row, table.schema());
    return row;
  }

  /** A reader; closing it closes the lake. */
  public LakeReader reader() {
    return new LakeReader(catalog);
  }

  /** Appends rows of these columns; times are milliseconds, and required ones get a filler. */
  public void append(TableSpec spec, List<Map<String, Object>> rows) {
    Table table = catalog.loadTable(spec.identifier());
    var records = new ArrayList<Record>();
    for (Map<String, Object> columns : rows) {
      Record row = GenericRecord.create(table.schema());
      columns.forEach((name, value) -> row.setField(name, cell(table, name, value)));
      LakeRows.fillRequired(row, table.schema());
      records.add(row);
    }
    LakeRows.append(table, records);
  }

  /** Appends scores; their reasons have the shape of the column. */
  public void appendScores(List<StoredScore> scores) {
    Table table = catalog.loadTable(LakeTables.SCORES.identifier());
    LakeRows.append(table, scores.stream().map(each -> row(table, each)).toList());
  }

  private static Record row(Table table, StoredScore score) {
    Record row = GenericRecord.create(table.schema());
    row.setField("session_key", score.sessionKey());
    row.setField("session_revision", score.revision());
    row.setField("conversion_score", score.score());
    row.setField("model_name", score.model().name());
    row.setField("model_version", score.model().version());
    row.setField("session_start", plain("_time", score.start()));
    row.setField("scored_at", plain("_time", score.scoredAt()));
    var element = table.schema().findType("reasons").asListType().elementType().asStructType();
    row.setField("reasons", score.reasons().stream().map(each -> reason(element, each)).toList());
    LakeRows.fillRequired(row, table.schema());
    return row;
  }

  private static Record reason(Types.StructType type, ScoreReason reason) {
    Record row = GenericRecord.create(type);
    row.setField("feature", reason.getFeature());
    row.setField("value", reason.getValue());
    row.setField("contribution", reason.getContribution());
    return row;
  }

  Table table() {
    return catalog.loadTable(LakeTables.SESSIONS.identifier());
  }

  public void append(List<Session> sessions) {
    LakeRows.append(table(), sessions.stream().map(this::row).toList());
  }

  /** The plain columns and the features; the others are empty, as required ones of old rows are. */
  private Record row(Session session) {
    Table table = table();
    Record row = GenericRecord.create(table.schema());
    for (Types.NestedField column : table.schema().columns()) {
      Schema.Field field = Session.getClassSchema().getField(column.name());
      if (field != null && PLAIN.contains(column.type().typeId())) {
        row.setField(column.name(), cell(table, column.name(), session.get(field.pos())));
      }
    }
    row.setField("features", features(session.getFeatures()));
    LakeRows.fillRequired(row, table.schema());
    return row;
  }

  private static @Nullable Object cell(Table table, String column, @Nullable Object value) {
    boolean isTime = table.schema().findType(column).typeId() == Type.TypeID.TIMESTAMP;
    return isTime ? plain("_time", value) : value;
  }

  private static @Nullable Object plain(String name, @Nullable Object value) {
    return name.endsWith("_time") && value != null
        ? Instant.ofEpochMilli((Long) value).atOffset(ZoneOffset.UTC)
        : value;
  }

  private Record features(FeatureInputs inputs) {
    Record row = GenericRecord.create(table().schema().findType("features").asStructType());
    for (Schema.Field field : FeatureInputs.getClassSchema().getFields()) {
      Object value = inputs.get(field.pos());
      boolean isAmount = field.name().endsWith("_e4");
      row.setField(LakeFields.column(field.name()), isAmount ? amount((Long) value) : value);
    }
    return row;
  }

  private static @Nullable BigDecimal amount(@Nullable Long tenThousandths) {
    return tenThousandths == null ? null : BigDecimal.valueOf(tenThousandths, 4);
  }
}
