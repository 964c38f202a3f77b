package io.weir.scoring.serve;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of this interface. */
@Controller
final class OpenApiController {

  @Get("/openapi.yaml")
  @Produces("application/yaml")
  String document() {
    try (InputStream stored =
        OpenApiController.class.getResourceAsStream("/scoring/openapi.yaml")) {
      if (stored == null) {
        throw new IllegalStateException("scoring/openapi.yaml is missing on the class path");
      }
      return new String(stored.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
