package io.weir.tools.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
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
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * The sums of some sessions of silver, by the SQL of reconcile, as rows of gold.erased in JSON.
 * What is zero is left out.
 */
public final class PersonSums {
  private static final JsonFactory JSON = new JsonFactory();

  /** The value of gold that is not named. */
  private static final String OTHER = "(other)";

  private final Catalog catalog;
  private final ZoneId zone;
  private final Instant quartersFrom;
  private final Predicate<String> isPersonal;

  /**
   * Creates the sums.
   *
   * @param quartersFrom buckets of 15 minutes that start before have no sums, because gold has
   *     dropped them
   * @param isPersonal whether a value must not be named
   */
  public PersonSums(
      Catalog catalog, ZoneId zone, Instant quartersFrom, Predicate<String> isPersonal) {
    this.catalog = catalog;
    this.zone = zone;
    this.quartersFrom = quartersFrom;
    this.isPersonal = isPersonal;
  }

  /** The sums of the sessions with the given keys, as the snapshot has them. */
  public String of(Snapshot snapshot, Collection<String> keys) throws SQLException {
    var text = new StringWriter();
    try (LakeSql lake = LakeSql.streaming(catalog);
        JsonGenerator json = JSON.createGenerator(text)) {
      SilverSums silver = SilverSums.of(lake, zone, Duration.ZERO);
      silver.only(snapshot, keys);
      json.writeStartArray();
      for (Grain grain : Grain.OF_NUMBERS) {
        try (SortedCells cells =
            silver.cells(
                new CellGroup(Subject.SESSIONS, grain),
                range(grain),
                List.of(),
                NoCells.INSTANCE)) {
          for (SessionCell cell = cells.next(); cell != null; cell = cells.next()) {
            write(json, cell);
          }
        }
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private BucketRange range(Grain grain) {
    return grain == Grain.QUARTER ? BucketRange.ALL.notBefore(quartersFrom) : BucketRange.ALL;
  }

  private void write(JsonGenerator json, SessionCell cell) throws IOException {
    CellKey key = cell.key();
    json.writeStartObject();
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
