package io.weir.tools.alert;

import io.weir.contract.CleanTerm;
import io.weir.process.Durations;
import io.weir.tools.alert.AlertRule.Part;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of one rule in the file, and the lines in which they stand.
 *
 * @param line of the rule
 */
record RuleFields(int line, Map<String, String> values, Map<String, Integer> lines) {
  private static final String DELAY = "1h";
  private static final int MOST_DAYS = 28;
  private static final int MOST_DIGITS = 18;
  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "name",
              "metric",
              "window",
              "below",
              "above",
              "falls_by",
              "rises_by",
              "compared_with",
              "dimension",
              "value",
              "currency",
              "at_least_sessions",
              "delay"));
  private static final List<String> WINDOWS =
      List.of("15m", "30m", "1h", "2h", "3h", "4h", "6h", "8h", "12h", "1d");

  AlertRule rule() {
    for (String field : values.keySet()) {
      if (!KNOWN.contains(field)) {
        throw wrong(field, "is none of " + String.join(", ", KNOWN));
      }
    }
    String name = required("name");
    if (!name.matches("[a-z0-9_]{1,64}")) {
      throw wrong("name", "may have a-z, 0-9 and _, at most 64");
    }
    AlertMetric metric =
        AlertMetric.named(required("metric"))
            .orElseThrow(() -> wrong("metric", "is none of " + metrics()));
    Part part = part(metric);
    return new AlertRule(
        name,
        metric,
        part,
        condition(),
        window(metric, part),
        leastSessions(metric, part),
        delay());
  }

  private static String metrics() {
    return String.join(", ", AlertMetric.known().stream().map(AlertMetric::name).toList());
  }

  private Part part(AlertMetric metric) {
    String dimension = text("dimension");
    if (!dimension.isEmpty() && !metric.dimensions().contains(dimension)) {
      throw wrong(
          "dimension",
          "is none of " + metric.name() + "; it has " + String.join(", ", metric.dimensions()));
    }
    if (dimension.isEmpty() == values.containsKey("value")) {
      throw wrong("value", "and dimension go together; give both or none");
    }
    if (dimension.isEmpty() && metric.needsDimension()) {
      throw wrong("dimension", "is missing; " + metric.name() + " needs product or category");
    }
    String currency = text("currency");
    if (metric.isMoney() != currency.matches("[A-Z]{3}")) {
      throw wrong(
          "currency",
          metric.isMoney()
              ? "is no currency such as EUR; " + metric.name() + " needs one"
              : "belongs to money only; remove it");
    }
    return new Part(dimension, value(dimension), currency);
  }

  /** Gold has terms in one spelling, so a rule for another one would watch nothing. */
  private String value(String dimension) {
    String value = text("value");
    String written = CleanTerm.of(value);
    if (dimension.equals(AlertMetric.SEARCH_TERM) && !written.equals(value)) {
      throw wrong("value", "is not how gold has search terms; write \"" + written + "\"");
    }
    return value;
  }

  private Condition condition() {
    var given = new ArrayList<Condition.Kind>();
    for (Condition.Kind each : Condition.Kind.values()) {
      if (values.containsKey(each.field())) {
        given.add(each);
      }
    }
    if (given.size() != 1) {
      throw wrong("below", "or above, falls_by or rises_by must be given, and one of them only");
    }
    Condition.Kind kind = given.getFirst();
    BigDecimal limit = number(kind.field());
    if (kind.isRelative() && limit.signum() <= 0) {
      throw wrong(kind.field(), "is a share such as 0.3 and must be above 0");
    }
    if (kind == Condition.Kind.FALLS_BY && limit.compareTo(BigDecimal.ONE) > 0) {
      throw wrong(kind.field(), "is a share such as 0.3 and at most 1");
    }
    return new Condition(kind, limit, days(kind));
  }

  private int days(Condition.Kind kind) {
    if (!kind.isRelative()) {
      if (values.containsKey("compared_with")) {
        throw wrong("compared_with", "belongs to falls_by and rises_by; remove it");
      }
      return 0;
    }
    String text = values.getOrDefault("compared_with", "7d");
    if (!text.matches("[1-9]\\d?d") || duration("compared_with", text).toDays() > MOST_DAYS) {
      throw wrong("compared_with", "is not 1d to 28d");
    }
    return (int) duration("compared_with", text).toDays();
  }

  private Duration window(AlertMetric metric, Part part) {
    String text = required("window");
    if (!WINDOWS.contains(text)) {
      throw wrong("window", "is none of " + String.join(", ", WINDOWS));
    }
    Duration window = duration("window", text);
    if (!window.equals(AlertRule.DAY) && metric.needsDays(part.dimension())) {
      throw wrong("window", "must be 1d, because gold has only days of this");
    }
    return window;
  }

  private long leastSessions(AlertMetric metric, Part part) {
    String text = values.getOrDefault("at_least_sessions", "0");
    if (!text.matches("\\d{1,9}")) {
      throw wrong("at_least_sessions", "is no whole number");
    }
    if (!metric.countsSessions(part.dimension()) && !text.equals("0")) {
      throw wrong(
          "at_least_sessions",
          metric.isOfSessions()
              ? "and dimension " + part.dimension() + " do not go together; remove one"
              : "belongs to metrics of sessions only; remove it");
    }
    return Long.parseLong(text);
  }

  private Duration delay() {
    Duration delay = duration("delay", values.getOrDefault("delay", DELAY));
    if (delay.compareTo(AlertRule.DAY) > 0) {
      throw wrong("delay", "is more than 1d");
    }
    return delay;
  }

  private Duration duration(String field, String text) {
    try {
      return Durations.parse(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw wrong(field, "is no duration such as 30m or 1h");
    }
  }

  private BigDecimal number(String field) {
    try {
      var number = new BigDecimal(required(field));
      if (number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(field, "is no number");
    }
    throw wrong(field, "is no number of at most 18 digits");
  }

  private String text(String field) {
    return values.getOrDefault(field, "");
  }

  private String required(String field) {
    String text = text(field);
    if (text.isEmpty()) {
      throw wrong(field, "is missing");
    }
    return text;
  }

  IllegalArgumentException wrong(String field, String problem) {
    String given = values.containsKey(field) ? " " + values.get(field) : "";
    return new IllegalArgumentException(
        "line %d, rule '%s': %s%s %s"
            .formatted(lines.getOrDefault(field, line), text("name"), field, given, problem));
  }
}
