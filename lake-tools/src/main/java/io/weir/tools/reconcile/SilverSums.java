package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.lake.table.LakeTables;
import io.weir.tools.reconcile.Sides.Snapshots;
import io.weir.tools.sql.DuckType;
import io.weir.tools.sql.LakeSql;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Gold's figures, computed by DuckDB from one snapshot of each table of silver. */
final class SilverSums {
  private static final String MEMORY = "512MB";
  private final LakeSql lake;
  private final ZoneId zone;
  private final String accepted = SqlFile.read("accepted.sql");
  private final String sums = SqlFile.read("sums.sql");

  private SilverSums(LakeSql lake, ZoneId zone) {
    this.lake = lake;
    this.zone = zone;
  }

  /**
   * Prepares a session, in which DuckDB moves to a file what does not fit into its memory.
   *
   * @param orderMemory how far apart two purchases of an order may lie
   */
  static SilverSums of(LakeSql lake, ZoneId zone, Duration orderMemory) throws SQLException {
    Path spill =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "weir-reconcile-" + ProcessHandle.current().pid());
    try (Statement statement = lake.connection().createStatement()) {
      statement.execute("SET memory_limit = '" + MEMORY + "'");
      statement.execute("SET temp_directory = " + DuckType.text(spill.toString()));
      statement.execute(SqlFile.read("values.sql"));
      statement.execute("SET VARIABLE currencies = " + currencies());
      statement.execute("SET VARIABLE order_memory_ms = " + orderMemory.toMillis() + "::BIGINT");
    }
    return new SilverSums(lake, zone);
  }

  private static String currencies() {
    return Stream.concat(
            Stream.of(""),
            Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).sorted())
        .map(DuckType::text)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Takes the newest snapshots. */
  Snapshots refresh() throws SQLException {
    return new Snapshots(
        lake.refresh(LakeTables.SESSIONS.identifier()),
        lake.refresh(LakeTables.EVENTS.identifier()));
  }

  /**
   * Computes the cells of the snapshot.
   *
   * @param folded the folded places of gold
   * @param erased cells to add
   */
  SortedCells cells(
      CellGroup group, BucketRange range, List<FoldedPlace> folded, SortedCells erased)
      throws SQLException {
    Subject subject = group.subject();
    var buckets = new SiteBuckets(group.grain(), zone);
    var whole = new BucketRange(buckets.notBefore(range.from()), buckets.notBefore(range.to()));
    fillBuckets(starts(subject, buckets, whole));
    fillFolded(folded);
    execute("SET VARIABLE left_out = " + leftOut(group.grain()));
    DuckDBConnection duck = lake.connection();
    if (subject == Subject.SESSIONS) {
      ErasedTables.fill(duck, erased);
      return new CellRows(group, lake.query(SubjectSql.figures(subject), bind(whole)));
    }
    ErasedTables.fillFigures(duck, erased);
    execute("SET VARIABLE range_from = " + time(whole.from()));
    execute("SET VARIABLE range_to = " + time(whole.to()));
    if (SubjectSql.isOfEvents(subject)) {
      execute(accepted);
    }
    execute("CREATE OR REPLACE VIEW main.figure AS " + SubjectSql.figures(subject));
    return new CellRows(group, lake.query(sums, _ -> {}));
  }

  private static String time(Instant time) {
    return "make_timestamptz(" + TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli()) + ")";
  }

  /** The dimensions that have no cells of the grain, as a list of DuckDB. */
  private static String leftOut(Grain grain) {
    return Arrays.stream(Dimension.values())
        .filter(dimension -> grain == Grain.QUARTER && !dimension.hasQuarters())
        .map(dimension -> DuckType.text(dimension.code()))
        .collect(Collectors.joining(", ", "[", "]::VARCHAR[]"));
  }

  private void fillBuckets(List<Instant> starts) throws SQLException {
    execute("CREATE OR REPLACE TABLE main.buckets (bucket_ms BIGINT, day BIGINT)");
    try (DuckDBAppender appender = lake.connection().createAppender("main", "buckets")) {
      for (Instant start : starts) {
        appender.beginRow();
        appender.append(start.toEpochMilli());
        appender.append(LocalDate.ofInstant(start, zone).toEpochDay());
        appender.endRow();
      }
    }
  }

  /** The starts of the buckets from the first to the last time of a subject. */
  private List<Instant> starts(Subject subject, SiteBuckets buckets, BucketRange range)
      throws SQLException {
    try (ResultSet found = lake.query(SubjectSql.extent(subject), bind(range));
        Statement _ = found.getStatement()) {
      found.next();
      long first = found.getLong(1);
      long last = found.getLong(2);
      return found.wasNull()
          ? List.of()
          : buckets.covering(Instant.ofEpochMilli(first), Instant.ofEpochMilli(last));
    }
  }

  /**
   * The whole days of a range; an open end becomes that of the subject. From 1970 on is open, too:
   * so begins what silver has removed nothing of.
   */
  BucketRange days(Subject subject, BucketRange range) throws SQLException {
    var days = new SiteBuckets(Grain.DAY, zone);
    BucketRange whole = wholeDays(range);
    boolean isFromOpen = !range.from().isAfter(Instant.EPOCH);
    boolean isToOpen = range.to().equals(BucketRange.ALL.to());
    if (!isFromOpen && !isToOpen) {
      return whole;
    }
    List<Instant> starts = starts(subject, days, whole);
    return starts.isEmpty()
        ? BucketRange.NONE
        : new BucketRange(
            isFromOpen ? starts.getFirst() : whole.from(),
            isToOpen ? days.next(starts.getLast()) : whole.to());
  }

  /** The whole days of a range, also where it is open. */
  BucketRange wholeDays(BucketRange range) {
    var days = new SiteBuckets(Grain.DAY, zone);
    return new BucketRange(days.notBefore(range.from()), days.notBefore(range.to()));
  }

  /** The carts of visitors that count on days of a range, as they were at a time. */
  SortedCells visitorCarts(BucketRange days, Instant at) throws SQLException {
    var all = new SiteBuckets(Grain.DAY, zone);
    fillBuckets(starts(Subject.VISITORS, all, BucketRange.ALL));
    execute("SET VARIABLE carts_at = " + at.toEpochMilli() + "::BIGINT");
    ResultSet rows =
        lake.query(
            SqlFile.read("visitor_carts.sql"),
            statement -> {
              statement.setLong(1, LocalDate.ofInstant(days.from(), zone).toEpochDay());
              statement.setLong(2, LocalDate.ofInstant(days.to(), zone).toEpochDay());
            });
    return new CellRows(VisitorCarts.GROUP, rows, all::ofDay);
  }

  private void fillFolded(List<FoldedPlace> folded) throws SQLException {
    execute(
        "CREATE OR REPLACE TABLE main.folded (dimension VARCHAR, bucket_ms BIGINT, is_bot BOOLEAN)");
    try (DuckDBAppender appender = lake.connection().createAppender("main", "folded")) {
      for (FoldedPlace each : folded) {
        appender.beginRow();
        appender.append(each.dimension());
        appender.append(each.bucketMs());
        appender.append(each.isBot());
        appender.endRow();
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = lake.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private static LakeSql.Parameters bind(BucketRange range) {
    return statement -> {
      statement.setObject(1, OffsetDateTime.ofInstant(range.from(), ZoneOffset.UTC));
      statement.setObject(2, OffsetDateTime.ofInstant(range.to(), ZoneOffset.UTC));
    };
  }
}
