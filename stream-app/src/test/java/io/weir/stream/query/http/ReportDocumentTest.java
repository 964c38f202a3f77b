package io.weir.stream.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.query.reports.ReportAnswer;
import io.weir.testkit.OpenApiSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The OpenAPI document has each report as a path of its own, with its ways and the types of rows.
 */
class ReportDocumentTest {
  private static final String PATH = "/v1/reports/";

  private static List<ReportAnswer.Definition> reports() {
    return ReportAnswer.ListOfReports.all().reports();
  }

  @Test
  void paths_areTheReports() {
    assertThat(OpenApiSchema.at(document(), "paths").written().keySet())
        .filteredOn(path -> path.startsWith(PATH) && !path.contains("{"))
        .map(path -> path.substring(PATH.length()))
        .containsExactlyInAnyOrderElementsOf(
            reports().stream().map(ReportAnswer.Definition::name).toList());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void by_hasTheWaysOfTheReport(ReportAnswer.Definition report) {
    List<Object> ways = new ArrayList<>();
    List<Object> usual = new ArrayList<>();
    parameters(report).stream()
        .filter(parameter -> "by".equals(parameter.get("name")))
        .map(parameter -> map(parameter.get("schema")))
        .forEach(schema -> {
          Object words = schema.containsKey("items") ? map(schema.get("items")) : schema;
          ways.addAll((List<?>) Objects.requireNonNull(map(words).get("enum")));
          Object first = Objects.requireNonNull(schema.get("default"));
          usual.addAll(first instanceof List<?> several ? several : List.of(first));
        });

    assertThat(ways).isEqualTo(report.ways());
    assertThat(usual)
        .isEqualTo(
            report.name().equals("reached")
                ? List.of("product_view", "add_to_cart", "checkout", "purchase")
                : ways.stream().limit(1).toList());
  }

  @ParameterizedTest
  @MethodSource("reports")
  void filter_isTakenWhereTheReportTakesIt(ReportAnswer.Definition report) {
    var names = new TreeSet<String>();
    parameters(report).forEach(parameter -> names.add(String.valueOf(parameter.get("name"))));
    var expected = new TreeSet<>(List.of("format", "from", "to"));
    if (report.takesFilters()) {
      expected.add("filter");
    }
    if (!report.ways().isEmpty()) {
      expected.add("by");
    }

    assertThat(names).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("reports")
  void columns_haveAMeaningAndNumbersHaveAUnit(ReportAnswer.Definition report) {
    OpenApiSchema row = row(document(), report.name());

    assertThat(row.written())
        .containsEntry("additionalProperties", false)
        .containsEntry("required", List.copyOf(new TreeSet<>(row.properties().keySet())));
    assertThat(row.properties())
        .isNotEmpty()
        .allSatisfy((name, column) -> {
          assertThat(map(column)).containsKeys("type", "description");
          if (List.of("integer", "number").contains(String.valueOf(map(column).get("type")))) {
            assertThat(map(column)).containsKey("x-unit");
          }
        });
  }

  @Test
  void anyReport_isEachOfThem() {
    List<?> choices =
        (List<?>)
            Objects.requireNonNull(
                OpenApiSchema.at(document(), "components", "schemas", "AnyReport")
                    .written()
                    .get("anyOf"));

    assertThat(choices)
        .map(choice -> String.valueOf(map(choice).get("$ref")))
        .containsExactlyInAnyOrderElementsOf(
            reports().stream()
                .map(report -> "#/components/schemas/" + schemaName(report.name()))
                .toList());
  }

  /** The answer of a report as the document describes it. */
  static OpenApiSchema answer(String document, String report) {
    return OpenApiSchema.at(
        document,
        "paths",
        PATH + report,
        "get",
        "responses",
        "200",
        "content",
        "application/json",
        "schema");
  }

  /** The row of a report as the document describes it. */
  static OpenApiSchema row(String document, String report) {
    return OpenApiSchema.at(
        document, "components", "schemas", schemaName(report).replaceAll("Report$", "Row"));
  }

  static String document() {
    String name = "/META-INF/swagger/openapi.yml";
    try (InputStream in = ReportDocumentTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  /** Such as {@code LakeTablesReport}. */
  private static String schemaName(String report) {
    var name = new StringBuilder();
    for (String word : report.split("_", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name + "Report";
  }

  private static List<Map<String, Object>> parameters(ReportAnswer.Definition report) {
    OpenApiSchema operation = OpenApiSchema.at(document(), "paths", PATH + report.name(), "get");
    return ((List<?>) Objects.requireNonNull(operation.written().get("parameters")))
        .stream().map(each -> operation.inside(map(each)).written()).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
