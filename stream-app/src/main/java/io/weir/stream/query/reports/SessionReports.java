package io.weir.stream.query.reports;

import com.github.benmanes.caffeine.cache.Ticker;
import io.weir.process.Settings;
import io.weir.stream.query.metrics.KeptSessions;
import io.weir.stream.query.metrics.NoSessionRows;
import io.weir.stream.query.metrics.RefusedQuery;
import io.weir.stream.query.metrics.SessionDatabase;
import io.weir.stream.query.metrics.SessionFilters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads reports from PostgreSQL, and keeps each for a minute. */
public final class SessionReports {
  /** A year of daily cohorts has 11,000 rows. */
  private static final int MOST_ROWS = 20_000;

  private static final int MOST_DAYS = 401;
  private static final int USUAL_DAYS = 28;
  private static final int LONGEST = 40;
  private static final LocalDate FIRST = LocalDate.of(1, 1, 2);
  private static final LocalDate LAST = LocalDate.of(9999, 12, 29);

  private final Optional<SessionDatabase> database;
  private final ZoneId zone;
  private final Clock clock;
  private final KeptReports kept;

  /**
   * Creates the access to reports.
   *
   * @param database empty where there is no PostgreSQL
   * @param zone of days
   */
  public SessionReports(Optional<SessionDatabase> database, ZoneId zone, Clock clock) {
    this.database = database;
    this.zone = zone;
    this.clock = clock;
    this.kept = new KeptReports(Ticker.systemTicker());
  }

  /**
   * The rows of a report.
   *
   * @throws RefusedQuery if the request cannot be answered as it is
   * @throws NoSessionRows if PostgreSQL does not answer
   * @throws io.weir.stream.query.metrics.BusyPostgres if the request should be repeated later
   */
  public ReportAnswer answer(GoldReport report, ReportRequest request) {
    Days days = days(request);
    String by = way(report, request.by());
    SessionFilters filters = filters(report, request.filters());
    String way = by == null ? "" : by;
    // The key of the answer is the SQL that is shown; values of callers go to PostgreSQL apart.
    String shown = report.sql(days.from(), days.to(), way, filters.shown());
    String sql = report.sql(days.from(), days.to(), way, filters.sql());
    Instant begin = report.begin(days.from()).atStartOfDay(zone).toInstant();
    ReportRows rows = kept.get(shown, () -> read(report, begin, sql, filters.values()));
    return new ReportAnswer(
        ReportAnswer.Definition.of(report),
        days.from().toString(),
        days.to().toString(),
        zone.getId(),
        by,
        filters.texts(),
        shown,
        rows.isTruncated(),
        ReportAnswer.POSTGRESQL,
        rows.columns(),
        rows.rows());
  }

  private ReportRows read(GoldReport report, Instant begin, String sql, List<String> values) {
    return open()
        .read(connection -> {
          if (report.isOfSessions()) {
            KeptSessions.check(connection, begin);
          }
          return read(connection, sql, values);
        });
  }

  private static SessionFilters filters(GoldReport report, List<String> texts) {
    if (!texts.isEmpty() && !report.takesFilters()) {
      throw new RefusedQuery(
          "filter=" + shown(texts.getFirst()) + ": " + report.code() + " takes no filter");
    }
    return SessionFilters.read(texts);
  }

  /** The first and the last day. */
  private record Days(LocalDate from, LocalDate to) {}

  private Days days(ReportRequest request) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate to = request.to() == null ? today : date("to", request.to());
    LocalDate from =
        request.from() == null
            ? within("from", to.minusDays(USUAL_DAYS - 1))
            : date("from", request.from());
    if (from.isAfter(to) || from.plusDays(MOST_DAYS - 1).isBefore(to)) {
      throw new RefusedQuery(
          "from=%s and to=%s are not a range of at most %d days".formatted(from, to, MOST_DAYS));
    }
    return new Days(from, to);
  }

  private SessionDatabase open() {
    return database.orElseThrow(() ->
        new NoSessionRows("reports need PostgreSQL; set " + Settings.variable("postgres.url")));
  }

  private static LocalDate date(String parameter, String text) {
    try {
      return within(parameter, LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw new RefusedQuery(parameter + "=" + shown(text) + " is no day such as 2026-03-01");
    }
  }

  private static LocalDate within(String parameter, LocalDate date) {
    if (date.isBefore(FIRST) || date.isAfter(LAST)) {
      throw new RefusedQuery(
          parameter + "=" + shown(date.toString()) + " is not within " + FIRST + " and " + LAST);
    }
    return date;
  }

  private static @Nullable String way(GoldReport report, @Nullable String by) {
    if (by == null) {
      return report.usual();
    }
    if (!report.takes(by)) {
      List<String> ways = report.ways();
      String right =
          ways.isEmpty()
              ? "takes no by"
              : (report == GoldReport.REACHED ? "takes up to six of " : "takes by=")
                  + String.join(", ", ways);
      throw new RefusedQuery("by=" + shown(by) + ": " + report.code() + " " + right);
    }
    return by;
  }

  private static String shown(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static ReportRows read(Connection connection, String sql, List<String> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (String value : values) {
        statement.setString(index++, value);
      }
      statement.setMaxRows(MOST_ROWS + 1);
      try (ResultSet rows = statement.executeQuery()) {
        return ReportRows.read(rows, MOST_ROWS);
      }
    }
  }
}
