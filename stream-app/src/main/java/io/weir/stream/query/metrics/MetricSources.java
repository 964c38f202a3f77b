package io.weir.stream.query.metrics;

import io.weir.contract.GoldKey.Grain;
import io.weir.process.Settings;
import io.weir.stream.gold.GoldRules;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Answers queries about metrics: from cells where they know the answer, else from PostgreSQL. */
public final class MetricSources {
  private final GroupMetrics cells;
  private final Optional<SessionRows> sessions;
  private final GoldRules rules;
  private final Clock clock;

  /**
   * Creates the answers.
   *
   * @param sessions empty where there is no PostgreSQL
   */
  public MetricSources(
      GroupMetrics cells, Optional<SessionRows> sessions, GoldRules rules, Clock clock) {
    this.cells = cells;
    this.sessions = sessions;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * The answer.
   *
   * @throws RefusedQuery if the query cannot be answered as it is
   * @throws MovingPartitions if the query should be repeated in a moment
   * @throws BusyPostgres if only PostgreSQL has the answer, and the query should be repeated later
   * @throws NoSessionRows if only PostgreSQL has the answer, and does not give it
   */
  public MetricAnswer answer(MetricDefinition metric, MetricRequest request) {
    Instant now = clock.instant();
    MetricQuery query = QueryReader.read(metric, request, rules.zone(), now);
    QueryLimits.checkYears(query);
    return isOfCells(query, now) ? cells.answer(query) : ofSessions(query);
  }

  /** Whether cells answer, or nobody does. */
  private boolean isOfCells(MetricQuery query, Instant now) {
    if (query.metric().isOfRows()) {
      return false;
    }
    Optional<RefusedQuery> refusal = QueryLimits.refusal(query, rules, now);
    if (refusal.isEmpty()) {
      return true;
    }
    // Without PostgreSQL, what cells say is mostly more help: another grain or range is right.
    boolean isOfSessions =
        !query.isOfOneDimension()
            || (SessionRows.refusal(query).isEmpty()
                && (sessions.isPresent() || isOfOtherDays(query)));
    if (isOfSessions) {
      return false;
    }
    throw refusal.get();
  }

  private boolean isOfOtherDays(MetricQuery query) {
    return query.metric().isOfVisitors() && query.buckets().cells(rules.zone()) != Grain.DAY;
  }

  private MetricAnswer ofSessions(MetricQuery query) {
    SessionRows.refusal(query)
        .ifPresent(refusal -> {
          throw refusal;
        });
    return sessions
        .orElseThrow(() ->
            new NoSessionRows(
                "several filters, a filter beside another breakdown or by what is not, engagement,"
                    + " visitors by segment and of other days than the site's need PostgreSQL; set "
                    + Settings.variable("postgres.url")))
        .answer(query);
  }

  /**
   * The sums of this instance's partitions, for another instance.
   *
   * @param grain the code of the grain of the cells to read
   */
  public PartialSums ownSums(MetricDefinition metric, MetricRequest request, String grain) {
    return cells.ownSums(metric, request, grain);
  }
}
