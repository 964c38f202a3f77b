package io.weir.stream.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a report. Each report has columns of its own, so {@code src/main/openapi/reports.yml}
 * describes the rows.
 *
 * @param from the first day
 * @param to the last day
 * @param by the way in which the report is broken down
 * @param filters the filters that hold
 * @param sql gives the same rows in PostgreSQL
 * @param truncated whether there are more rows than an answer has
 * @param source where the rows come from, always {@code postgresql}
 * @param columns the names of the columns, in their order
 * @param rows whole numbers, numbers, texts, truth values, and amounts by currency
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "ReportAnswer")
public record ReportAnswer(
    Definition report,
    @Schema(format = "date") String from,
    @Schema(format = "date") String to,
    String zone,
    @Nullable String by,
    List<String> filters,
    String sql,
    boolean truncated,
    @Schema(type = "string", allowableValues = ReportAnswer.POSTGRESQL) String source,
    List<String> columns,
    @Schema(hidden = true) List<Map<String, @Nullable Object>> rows) {

  static final String POSTGRESQL = "postgresql";

  /**
   * A report that can be asked for.
   *
   * @param ways the values of {@code by}; the first one is meant where none is given
   * @param takesFilters whether {@code filter} is known
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "ReportDefinition")
  public record Definition(String name, String sentence, List<String> ways, boolean takesFilters) {
    static Definition of(GoldReport report) {
      return new Definition(report.code(), report.sentence(), report.ways(), report.takesFilters());
    }
  }

  /** All reports. */
  @Schema(name = "ReportList")
  public record ListOfReports(List<Definition> reports) {
    public static ListOfReports all() {
      return new ListOfReports(Arrays.stream(GoldReport.values()).map(Definition::of).toList());
    }
  }
}
