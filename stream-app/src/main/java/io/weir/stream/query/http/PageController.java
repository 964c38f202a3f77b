package io.weir.stream.query.http;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The page for people and the API's description for programs, from the class path. */
@Controller
final class PageController {

  @Get(value = "/", produces = MediaType.TEXT_HTML)
  byte[] page() {
    return resource("/web/index.html");
  }

  @Get(value = "/openapi.yaml", produces = "application/yaml")
  byte[] openApi() {
    return resource("/openapi.yaml");
  }

  private static byte[] resource(String path) {
    try (InputStream in = PageController.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
