package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Subject;
import java.util.List;

/**
 * A metric that stream-app is asked for.
 *
 * @param measure the measure of cells with the same figure; money ends with a space before the
 *     currency
 * @param dimension of the cells; empty for the total
 */
record RestQuestion(Subject subject, String metric, String measure, String dimension) {
  private static final String TOTAL = "";
  private static final String COUNTRY = "country";
  private static final String CATEGORY = "category";

  /** A new visitor has no previous day: the figure is that of a cell without a value. */
  private static final String PREVIOUS_DAY = "previous_day";

  private static final List<RestQuestion> ALL =
      List.of(
          new RestQuestion(Subject.SESSIONS, "sessions", "sessions", TOTAL),
          new RestQuestion(Subject.SESSIONS, "converted_sessions", "converted_sessions", TOTAL),
          new RestQuestion(Subject.SESSIONS, "purchases", "purchases", TOTAL),
          new RestQuestion(Subject.SESSIONS, "revenue", SessionCell.REVENUE, TOTAL),
          new RestQuestion(Subject.SESSIONS, "sessions", "sessions", COUNTRY),
          new RestQuestion(Subject.SESSIONS, "converted_sessions", "converted_sessions", COUNTRY),
          new RestQuestion(Subject.SESSIONS, "purchases", "purchases", COUNTRY),
          new RestQuestion(Subject.SESSIONS, "revenue", SessionCell.REVENUE, COUNTRY),
          new RestQuestion(Subject.EVENTS, "events", "events", TOTAL),
          new RestQuestion(Subject.EVENTS, "events", "events", COUNTRY),
          new RestQuestion(Subject.PRODUCTS, "products_purchased", "purchases", CATEGORY),
          new RestQuestion(Subject.PRODUCTS, "product_revenue", SessionCell.REVENUE, CATEGORY),
          new RestQuestion(Subject.CARTS, "abandoned_carts", "sessions", TOTAL),
          new RestQuestion(Subject.CARTS, "abandoned_carts", "sessions", COUNTRY),
          new RestQuestion(Subject.LATE, "late_excluded_events", "events", TOTAL),
          new RestQuestion(Subject.VISITORS, "new_visitors", "visitors", PREVIOUS_DAY));

  static List<RestQuestion> of(Subject subject) {
    return ALL.stream().filter(each -> each.subject == subject).toList();
  }

  /** Whether a figure of a cell is asked for. */
  static boolean isAsked(CellKey key, String measure) {
    return of(key.subject()).stream()
        .filter(each -> each.dimension.equals(key.dimension()))
        .filter(each -> each.isBrokenDown() || key.value().isEmpty())
        .anyMatch(each ->
            each.isMoney() ? measure.startsWith(each.measure) : measure.equals(each.measure));
  }

  boolean isMoney() {
    return measure.endsWith(" ");
  }

  /** Whether the answer has a row for each value of the dimension. */
  boolean isBrokenDown() {
    return !dimension.isEmpty() && !dimension.equals(PREVIOUS_DAY);
  }

  /** Visitors are people. */
  boolean hasRobots() {
    return subject != Subject.VISITORS;
  }
}
