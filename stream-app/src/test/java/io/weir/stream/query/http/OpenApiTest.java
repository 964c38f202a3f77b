package io.weir.stream.query.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description names the routes that exist, all of them and no others. */
class OpenApiTest {

  @Test
  void paths_areTheRoutes() throws IOException {
    assertThat(describedPaths()).isEqualTo(routes());
  }

  private static Set<String> describedPaths() throws IOException {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
      assertThat(in).isNotNull();
      var paths = new TreeSet<String>();
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (line.startsWith("  /")) {
          paths.add(line.strip().replace(":", ""));
        }
      }
      return paths;
    }
  }

  private static Set<String> routes() {
    var routes = new TreeSet<String>();
    for (JavaClass type : new ClassFileImporter().importPackages("io.weir.stream.query")) {
      if (!type.isAnnotatedWith(Controller.class)) {
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
