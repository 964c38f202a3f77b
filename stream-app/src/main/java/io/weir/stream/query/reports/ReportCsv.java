package io.weir.stream.query.reports;

import io.weir.stream.query.metrics.MetricCsv;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a report as comma-separated values (RFC 4180). */
public final class ReportCsv {
  private static final String END = "\r\n";

  private ReportCsv() {}

  /** The rows with a header. Amounts stand in one field, such as {@code 12.50 EUR; 3.00 USD}. */
  public static String of(ReportAnswer answer) {
    var csv = new StringBuilder(String.join(",", answer.columns())).append(END);
    for (Map<String, @Nullable Object> row : answer.rows()) {
      csv.append(line(answer.columns(), row)).append(END);
    }
    return csv.toString();
  }

  private static String line(List<String> columns, Map<String, @Nullable Object> row) {
    return columns.stream().map(column -> field(row.get(column))).collect(Collectors.joining(","));
  }

  private static String field(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case Map<?, ?> amounts ->
          MetricCsv.text(
              amounts.entrySet().stream()
                  .map(each -> field(each.getValue()) + " " + each.getKey())
                  .collect(Collectors.joining("; ")));
      case String text -> MetricCsv.text(text);
      default -> value.toString();
    };
  }
}
