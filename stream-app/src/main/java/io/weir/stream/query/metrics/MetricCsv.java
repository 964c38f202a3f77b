package io.weir.stream.query.metrics;

import java.math.BigDecimal;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of an answer as comma-separated values (RFC 4180). A text that a spreadsheet
 * would run as a formula gets an apostrophe before it.
 */
public final class MetricCsv {
  private static final String END = "\r\n";
  private static final String FORMULA_STARTS = "=+-@\t\r\n\0＝＋－＠";

  private MetricCsv() {}

  /**
   * The rows with a header. There are always the same columns; those that say nothing are empty.
   */
  public static String of(MetricAnswer answer) {
    var csv = new StringBuilder("metric,start,end,is_final,group,currency,value,previous" + END);
    for (MetricAnswer.Row row : answer.rows()) {
      csv.append(
              new StringJoiner(",")
                  .add(answer.metric().name())
                  .add(row.start())
                  .add(row.end())
                  .add(Boolean.toString(row.isFinal()))
                  .add(text(row.group()))
                  .add(text(row.currency()))
                  .add(number(row.value()))
                  .add(number(row.previous())))
          .append(END);
    }
    return csv.toString();
  }

  private static String number(@Nullable BigDecimal number) {
    return number == null ? "" : number.toPlainString();
  }

  /** A text as a field. */
  public static String text(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String safe = isFormula(text) ? "'" + text : text;
    boolean isPlain = safe.chars().allMatch(c -> c >= ' ' && c != ',' && c != '"');
    return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** Whether the first character, or the first one behind spaces, begins a formula. */
  private static boolean isFormula(String text) {
    String stripped = text.stripLeading();
    return FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
        || (!stripped.isEmpty() && FORMULA_STARTS.indexOf(stripped.charAt(0)) >= 0);
  }
}
