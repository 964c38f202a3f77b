package io.weir.tools.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableSpec;
import io.weir.tools.sql.LakeSql;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * The sums that a removal takes out of silver, by the SQL of reconcile, as rows of gold.erased in
 * JSON. They are the sums of the visitors before the removal less those after it, so that a visitor
 * who loses a part counts right, too. Figures of zero are left out.
 */
public final class PersonSums {
  private static final JsonFactory JSON = new JsonFactory();

  /** The value of gold that is not named. */
  private static final String OTHER = "(other)";

  private final Catalog catalog;
  private final ZoneId zone;
  private final Duration orderMemory;
  private final Instant quartersFrom;
  private final Predicate<String> isPersonal;

  /**
   * Creates the sums.
   *
   * @param orderMemory how far apart two purchases of an order may lie
   * @param quartersFrom buckets of 15 minutes that start before have no sums, because gold has
   *     dropped them
   * @param isPersonal whether a value must not be named
   */
  public PersonSums(
      Catalog catalog,
      ZoneId zone,
      Duration orderMemory,
      Instant quartersFrom,
      Predicate<String> isPersonal) {
    this.catalog = catalog;
    this.zone = zone;
    this.orderMemory = orderMemory;
    this.quartersFrom = quartersFrom;
    this.isPersonal = isPersonal;
  }

  /** The key of a row of {@code silver.sessions} or {@code silver.events}. */
  public static String keyOf(Record row) {
    return SilverPart.keyOf(row);
  }

  /**
   * The sums that a removal takes out of silver.
   *
   * @param spec the table that loses rows
   * @param snapshot before the removal
   * @param rows the keys of the rows
   */
  public String of(TableSpec spec, Snapshot snapshot, Collection<String> rows) throws SQLException {
    var text = new StringWriter();
    try (LakeSql lake = LakeSql.streaming(catalog);
        JsonGenerator json = JSON.createGenerator(text)) {
      SilverSums silver = SilverSums.of(lake, zone, orderMemory);
      silver.refresh();
      SilverPart part = SilverPart.of(lake, spec, snapshot, rows);
      json.writeStartArray();
      for (CellGroup group : groups(spec)) {
        write(json, part, silver, group);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Events are in no sums of sessions. */
  private List<CellGroup> groups(TableSpec spec) {
    boolean hasVisitors = SubjectRanges.of(catalog, orderMemory).hasVisitors();
    return SubjectSql.ALL.stream()
        .filter(subject -> spec.equals(LakeTables.SESSIONS) || SubjectSql.isOfEvents(subject))
        .filter(subject -> subject != Subject.VISITORS || hasVisitors)
        .flatMap(subject -> Grain.OF_NUMBERS.stream().map(grain -> new CellGroup(subject, grain)))
        .filter(group -> group.subject() != Subject.VISITORS || group.grain() == Grain.DAY)
        .toList();
  }

  private void write(JsonGenerator json, SilverPart part, SilverSums silver, CellGroup group)
      throws SQLException, IOException {
    var left = new TreeMap<CellKey, Map<String, BigDecimal>>();
    part.showAfter();
    try (SortedCells cells = cells(silver, group)) {
      for (SessionCell cell = cells.next(); cell != null; cell = cells.next()) {
        left.put(cell.key(), cell.figures());
      }
    }
    part.showBefore();
    try (SortedCells cells = cells(silver, group)) {
      for (SessionCell cell = cells.next(); cell != null; cell = cells.next()) {
        Map<String, BigDecimal> kept = left.remove(cell.key());
        write(json, kept == null ? cell : less(cell.key(), cell.figures(), kept));
      }
    }
    for (Map.Entry<CellKey, Map<String, BigDecimal>> each : left.entrySet()) {
      write(json, less(each.getKey(), Map.of(), each.getValue()));
    }
  }

  private SortedCells cells(SilverSums silver, CellGroup group) throws SQLException {
    return silver.cells(group, range(group.grain()), List.of(), NoCells.INSTANCE);
  }

  private static SessionCell less(
      CellKey key, Map<String, BigDecimal> before, Map<String, BigDecimal> after) {
    var difference = new HashMap<>(before);
    after.forEach((measure, figure) -> difference.merge(measure, figure.negate(), BigDecimal::add));
    difference.values().removeIf(figure -> figure.signum() == 0);
    return new SessionCell(key, difference);
  }

  private BucketRange range(Grain grain) {
    return grain == Grain.QUARTER ? BucketRange.ALL.notBefore(quartersFrom) : BucketRange.ALL;
  }

  private void write(JsonGenerator json, SessionCell cell) throws IOException {
    if (cell.figures().isEmpty()) {
      return;
    }
    CellKey key = cell.key();
    json.writeStartObject();
    json.writeStringField("subject", key.subject().code());
    json.writeStringField("grain", key.grain().code());
    json.writeStringField("dimension", key.dimension());
    json.writeStringField("bucket_start", Instant.ofEpochMilli(key.bucketMs()).toString());
    json.writeBooleanField("is_bot", key.isBot());
    json.writeStringField("value", isPersonal.test(key.value()) ? OTHER : key.value());
    for (String count : SessionCell.COUNTS) {
      BigDecimal figure = cell.figures().get(count);
      if (figure != null) {
        json.writeNumberField(count, figure.longValueExact());
      }
    }
    write(json, "revenue", cell.amounts(SessionCell.REVENUE));
    write(json, "refunded", cell.amounts(SessionCell.REFUNDED));
    write(json, "goal_value", cell.amounts(SessionCell.GOAL_VALUE));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String field, Map<String, BigDecimal> amounts)
      throws IOException {
    if (amounts.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, BigDecimal> each : amounts.entrySet()) {
      json.writeNumberField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }

  private enum NoCells implements SortedCells {
    INSTANCE;

    @Override
    public @Nullable SessionCell next() {
      return null;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
