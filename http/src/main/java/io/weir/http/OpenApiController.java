package io.weir.http;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.access.Allowed;
import io.weir.http.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the service's API. The compiler writes it from the controllers. */
@Controller
@Requires(resources = "classpath:META-INF/swagger/openapi.yml")
public final class OpenApiController {
  private static final String YAML = "application/yaml";
  private static final String DOCUMENT = "/META-INF/swagger/openapi.yml";

  @Allowed({Role.READER, Role.COLLECTOR, Role.INSTANCE})
  @Get(value = "/openapi.yaml", produces = YAML)
  @Operation(summary = "This document")
  @ApiResponse(
      responseCode = "200",
      description = "OpenAPI",
      content = @Content(mediaType = YAML, schema = @Schema(implementation = String.class)))
  public byte[] document() {
    try (InputStream in = OpenApiController.class.getResourceAsStream(DOCUMENT)) {
      if (in == null) {
        throw new IllegalStateException(DOCUMENT + " is missing from the build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
