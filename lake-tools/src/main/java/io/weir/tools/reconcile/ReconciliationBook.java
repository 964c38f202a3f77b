package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Subject;
import io.weir.lake.gold.Postgres;
import io.weir.tools.reconcile.GoldComparison.Result;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of comparisons to {@code gold.reconciliations}, which the page shows. A result
 * that cannot be written is printed all the same: a reader of gold may compare, too.
 */
final class ReconciliationBook {
  private static final String ADD =
      """
      INSERT INTO gold.reconciliations
        (subject, side, from_time, to_time, compared, different, moving, is_cut, snapshot_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FORGET =
      "DELETE FROM gold.reconciliations WHERE finished_at < now() - interval '400 days'";

  private final Postgres postgres;
  private final PrintWriter out;

  /**
   * Opens no connection.
   *
   * @param out is told when a result cannot be written
   */
  ReconciliationBook(Postgres postgres, PrintWriter out) {
    this.postgres = postgres;
    this.out = out;
  }

  /**
   * A comparison.
   *
   * @param subject what was compared, as {@link #subject} names it
   * @param side what was compared with the lake: {@code gold} or {@code REST}
   * @param range the buckets that were wanted
   */
  record Entry(String subject, String side, BucketRange range, Result result) {}

  /** {@code all} for every subject, or for instance {@code all but visitors}. */
  static String subject(Set<CellGroup> compared) {
    Set<Subject> subjects =
        compared.stream().map(CellGroup::subject).collect(Collectors.toUnmodifiableSet());
    String missing =
        SubjectSql.ALL.stream()
            .filter(each -> !subjects.contains(each))
            .map(Subject::code)
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "all" : "all but " + missing;
  }

  void write(Entry entry) {
    try (Connection connection = postgres.connect();
        PreparedStatement add = connection.prepareStatement(ADD);
        Statement forget = connection.createStatement()) {
      Result result = entry.result();
      add.setString(1, entry.subject());
      add.setString(2, entry.side());
      Instant from = entry.range().from();
      add.setObject(3, from.isAfter(Instant.EPOCH) ? time(from) : null);
      Instant to = entry.range().to();
      add.setObject(4, to.isBefore(BucketRange.ALL.to()) ? time(to) : null);
      add.setLong(5, result.cells());
      add.setLong(6, result.differences().size());
      add.setLong(7, result.moving().size());
      add.setBoolean(8, result.isCut());
      add.setObject(9, snapshot(result.moment().silver().sessions()));
      add.executeUpdate();
      forget.executeUpdate(FORGET);
    } catch (SQLException e) {
      out.println(
          "The result is not in gold.reconciliations: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      out.flush();
    }
  }

  private static OffsetDateTime time(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Long snapshot(long id) {
    return id < 0 ? null : id;
  }
}
