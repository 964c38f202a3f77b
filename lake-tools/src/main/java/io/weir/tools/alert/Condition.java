package io.weir.tools.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * What a value must be for a rule to fire.
 *
 * @param days how many days before lies the window that the value is compared with; 0 without one
 */
record Condition(Kind kind, BigDecimal limit, int days) {

  /** The comparison, by the name of its field in the file. */
  enum Kind {
    BELOW("below"),
    ABOVE("above"),
    FALLS_BY("falls_by"),
    RISES_BY("rises_by");

    private final String field;

    Kind(String field) {
      this.field = field;
    }

    String field() {
      return field;
    }

    boolean isRelative() {
      return this == FALLS_BY || this == RISES_BY;
    }
  }

  /** Whether it holds. A value or a reference that is not known fulfils nothing. */
  boolean holds(@Nullable BigDecimal value, @Nullable BigDecimal reference) {
    if (value == null) {
      return false;
    }
    return switch (kind) {
      case BELOW -> value.compareTo(limit) < 0;
      case ABOVE -> value.compareTo(limit) > 0;
      case FALLS_BY ->
          isKnown(reference) && value.compareTo(scaled(reference, limit.negate())) <= 0;
      case RISES_BY -> isKnown(reference) && value.compareTo(scaled(reference, limit)) >= 0;
    };
  }

  private static boolean isKnown(@Nullable BigDecimal reference) {
    return reference != null && reference.signum() > 0;
  }

  private static BigDecimal scaled(@Nullable BigDecimal reference, BigDecimal share) {
    BigDecimal of = reference == null ? BigDecimal.ZERO : reference;
    return of.multiply(BigDecimal.ONE.add(share), MathContext.DECIMAL128);
  }

  String text() {
    String shown = kind.field() + " " + limit.toPlainString();
    return kind.isRelative() ? shown + " against " + days + "d before" : shown;
  }
}
