package io.weir.stream.query.metrics;

import io.weir.stream.gold.Measure;

/** The way from the sums of cells to a metric. A rate is a ratio of two sums, never a mean. */
sealed interface Formula {

  /** The formula for people. */
  String text();

  /** A sum. */
  record Sum(Measure of) implements Formula {
    @Override
    public String text() {
      return "sum(" + of.field() + ")";
    }
  }

  /**
   * A ratio of two sums; unknown where the lower one is 0.
   *
   * @param divisor changes the unit of the upper sum
   */
  record Ratio(Measure above, Measure below, int divisor) implements Formula {
    @Override
    public String text() {
      String unit = divisor == 1 ? "" : " / " + divisor;
      return "sum(" + above.field() + ") / sum(" + below.field() + ")" + unit;
    }
  }

  /**
   * The share of all that the sum is of. A cell of one goal has no sum of all sessions, so there
   * the lower sum is that of the total.
   */
  record Share(Measure above, Measure below) implements Formula {
    @Override
    public String text() {
      return "sum(" + above.field() + ") / sum(" + below.field() + ") of all";
    }
  }

  /**
   * The mean of a column that only the rows of sessions in PostgreSQL have, over those sessions
   * that have it.
   *
   * @param column the expression over {@code bi.fact_session}
   * @param divisor changes the unit of the sum
   */
  record RowMean(String column, int divisor) implements Formula {
    @Override
    public String text() {
      String unit = divisor == 1 ? "" : " / " + divisor;
      return "avg(" + column + ")" + unit;
    }
  }

  /** A sum of money, by currency. */
  record Money(Amount of) implements Formula {
    @Override
    public String text() {
      return of.text;
    }
  }

  /** The amounts of cells that are summed up. */
  enum Amount {
    REVENUE("sum(revenue) by currency"),
    REFUNDED("sum(refunded) by currency"),
    NET("sum(revenue) - sum(refunded) by currency"),
    LEFT("sum(left_value) by currency"),
    GOALS("sum(goal_value) by currency");

    private final String text;

    Amount(String text) {
      this.text = text;
    }

    boolean hasRevenue() {
      return this == REVENUE || this == NET || this == LEFT;
    }

    boolean hasGoalValue() {
      return this == GOALS;
    }

    boolean hasRefunded() {
      return this == REFUNDED || this == NET;
    }
  }

  /** A number of distinct visitors, from the cells of days by the previous active day. */
  record Visitors(VisitorKind kind) implements Formula {
    @Override
    public String text() {
      return "sum(visitors) over the days of the bucket where previous_day " + kind.condition();
    }
  }

  /** The visitors that count. */
  enum VisitorKind {
    ALL("is unknown or before the bucket"),
    NEW("is unknown"),
    RETURNING("is before the bucket");

    private final String condition;

    VisitorKind(String condition) {
      this.condition = condition;
    }

    String condition() {
      return condition;
    }

    /**
     * Whether the visitors of a day count in a bucket: only on their first day in it.
     *
     * @param previous days since their previous active day, as the cell says it
     * @param day the number of the day within the bucket, from 0 on
     */
    boolean counts(String previous, long day) {
      if (previous.isEmpty()) {
        return this != RETURNING;
      }
      return this != NEW && Long.parseLong(previous) > day;
    }
  }
}
