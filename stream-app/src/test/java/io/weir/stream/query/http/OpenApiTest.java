package io.weir.stream.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import io.weir.testkit.OpenApiSchema;
import io.weir.testkit.OpenApiShape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The generated description names the routes that exist, and promises what callers rely on. */
class OpenApiTest {
  private static final String GENERATED = "/META-INF/swagger/openapi.yml";

  /** Written by hand: what the API promises. It changes only when the API does. */
  private static final String PROMISED = "/openapi-held.yaml";

  /** The edge that all services share has them; this service gives none. */
  private static final Set<String> WARNINGS =
      Set.of(
          "GET /health 200 application/json .warnings{}: string",
          "GET /ready 200 application/json .warnings{}: string",
          "GET /ready 503 application/json .warnings{}: string");

  @Test
  void paths_areTheRoutes() throws IOException {
    Set<String> paths = describedPaths();
    paths.removeIf(OpenApiTest::isOfOneReport);

    assertThat(paths).isEqualTo(routes());
  }

  @Test
  void operations_areThePromisedOnes() throws IOException {
    Set<String> promised = OpenApiShape.operations(text(PROMISED));
    promised.addAll(WARNINGS);

    Set<String> generated = OpenApiShape.operations(text(GENERATED));
    generated.removeIf(line -> isOfOneReport(line.replace("GET ", "")));

    assertThat(generated).containsExactlyElementsOf(promised);
  }

  /** {@link ReportDocumentTest} looks at these. */
  private static boolean isOfOneReport(String path) {
    return path.startsWith("/v1/reports/") && !path.startsWith("/v1/reports/{");
  }

  /** The compiler leaves out a schema that no controller names, whatever names it elsewhere. */
  @Test
  void references_leadSomewhere() throws IOException {
    String document = text(GENERATED);
    Set<String> references =
        document
            .lines()
            .filter(line -> line.contains("\"#/"))
            .map(line -> line.substring(line.indexOf("#/") + 2, line.lastIndexOf('"')))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(references)
        .contains("components/schemas/ReportAnswer", "components/schemas/Problem");
    for (String reference : references) {
      assertThat(OpenApiSchema.at(document, reference.split("/", -1)).written()).isNotEmpty();
    }
  }

  @Test
  void counters_areThePromisedOnes() throws IOException {
    assertThat(OpenApiShape.schema(text(GENERATED), "Counters"))
        .containsExactlyElementsOf(OpenApiShape.schema(text(PROMISED), "Counters"));
  }

  private static Set<String> describedPaths() throws IOException {
    var paths = new TreeSet<String>();
    for (String line : text(GENERATED).lines().toList()) {
      if (line.startsWith("  /")) {
        paths.add(line.strip().replace(":", ""));
      }
    }
    return paths;
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = OpenApiTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
    }
  }

  private static Set<String> routes() {
    var routes = new TreeSet<String>();
    for (JavaClass type :
        new ClassFileImporter().importPackages("io.weir.stream.query", "io.weir.http")) {
      if (!type.isAnnotatedWith(Controller.class) || type.isAnnotatedWith(Hidden.class)) {
        continue;
      }
      String base = type.getAnnotationOfType(Controller.class).value();
      type.getMethods().stream()
          .filter(method -> method.isAnnotatedWith(Get.class))
          .map(method -> base + method.getAnnotationOfType(Get.class).value())
          .map(route -> route.replace("//", "/").replaceAll("\\{(\\w+):[^}]+}", "{$1}"))
          .forEach(routes::add);
    }
    return routes;
  }
}
