package io.weir.sink.bi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The metrics of docs/metrics.md, which a test of stream-app holds equal to the registry. A formula
 * is a sum or a ratio of two sums.
 */
record Definitions(Map<String, Metric> metrics) {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (.+?) \\| `(.+?)` \\| (?:.+?) \\|$");
  private static final Pattern SUM = Pattern.compile("sum\\((\\w+)\\)");

  /** A metric's meaning, and its formula in the languages of the tools. */
  record Metric(String meaning, String formula) {
    private String sum(int index) {
      return SUM.matcher(formula).results().map(found -> found.group(1)).toList().get(index);
    }

    private boolean isRatio() {
      return formula.contains(" / ");
    }

    private String scaled(String ratio) {
      return formula.endsWith(" / 1000") ? ratio + " / 1000" : ratio;
    }

    String sql() {
      return isRatio()
          ? scaled("sum(%s)::numeric / nullif(sum(%s), 0)".formatted(sum(0), sum(1)))
          : "sum(%s)".formatted(sum(0));
    }

    String dax(String table) {
      String sum = "SUM('" + table + "'[%s])";
      return isRatio()
          ? scaled("DIVIDE(" + sum.formatted(sum(0)) + ", " + sum.formatted(sum(1)) + ")")
          : sum.formatted(sum(0));
    }
  }

  static Definitions read() throws IOException {
    var metrics = new LinkedHashMap<String, Metric>();
    String page = Files.readString(Path.of("../docs/metrics.md"));
    for (MatchResult row : ROW.matcher(page).results().toList()) {
      metrics.put(row.group(1), new Metric(row.group(2), row.group(3)));
    }
    return new Definitions(metrics);
  }
}
