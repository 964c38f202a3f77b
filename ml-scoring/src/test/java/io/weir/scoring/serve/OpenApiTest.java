package io.weir.scoring.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.HttpMethodMapping;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.weir.testkit.OpenApiShape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The generated description has the routes that exist, and promises what callers rely on. */
class OpenApiTest {
  private static final String GENERATED = "/META-INF/swagger/openapi.yml";

  /** Written by hand: what the API promises. It changes only when the API does. */
  private static final String PROMISED = "/openapi-held.yaml";

  /** The edge that all services share has them; the answer of this service has only a status. */
  private static final Set<String> PARTS_OF_HEALTH =
      Set.of(
          "GET /health 200 application/json .checks{}: string",
          "GET /health 200 application/json .warnings{}: string");

  private static final Pattern PATH = Pattern.compile("  (/\\S*):");
  private static final Pattern METHOD = Pattern.compile("    (get|put|post|delete|patch):");

  @Test
  void document_hasEveryRouteAndNoOther() throws IOException {
    assertThat(documented()).isNotEmpty().isEqualTo(routed());
  }

  @Test
  void operations_areThePromisedOnes() throws IOException {
    Set<String> promised = OpenApiShape.operations(text(PROMISED));
    promised.addAll(PARTS_OF_HEALTH);

    assertThat(OpenApiShape.operations(text(GENERATED))).containsExactlyElementsOf(promised);
  }

  private static Set<String> routed() {
    var routed = new TreeSet<String>();
    try (ApplicationContext context = ApplicationContext.run()) {
      for (BeanDefinition<?> bean : context.getAllBeanDefinitions()) {
        if (bean.hasStereotype(Controller.class)) {
          bean.getExecutableMethods().forEach(method -> routed.add(name(method)));
        }
      }
    }
    return routed;
  }

  private static String name(ExecutableMethod<?, ?> method) {
    Class<?> verb = method.getAnnotationTypeByStereotype(HttpMethodMapping.class).orElseThrow();
    String path = method.stringValue(HttpMethodMapping.class).orElseThrow();
    return verb.getSimpleName().toUpperCase(Locale.ROOT) + " " + path;
  }

  private static Set<String> documented() throws IOException {
    var documented = new TreeSet<String>();
    String path = "";
    for (String line : text(GENERATED).lines().toList()) {
      Matcher isPath = PATH.matcher(line);
      Matcher isMethod = METHOD.matcher(line);
      if (isPath.matches()) {
        path = isPath.group(1);
      } else if (isMethod.matches()) {
        documented.add(isMethod.group(1).toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    return documented;
  }

  private static String text(String resource) throws IOException {
    try (InputStream stored = OpenApiTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(stored).readAllBytes(), UTF_8);
    }
  }
}
