package io.weir.stream.query.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.weir.http.Problem;
import io.weir.http.access.Open;
import io.weir.http.access.Uncounted;

/** The page for people and its files, from the class path. */
@Open
@Uncounted
@Controller
final class PageController {
  private static final String INDEX = "index.html";

  /** Everything comes from this origin, and nothing that runs stands in the document itself. */
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'self'";

  private final PageFiles files = new PageFiles();

  @Get(value = "/", produces = MediaType.TEXT_HTML)
  @Operation(summary = "The page for people")
  @ApiResponse(
      responseCode = "200",
      description = "HTML",
      content =
          @Content(
              mediaType = MediaType.TEXT_HTML,
              schema = @Schema(implementation = String.class)))
  HttpResponse<?> page(HttpRequest<?> request) {
    return answer(request, INDEX);
  }

  @Get(value = "/page/{path:.+}", produces = MediaType.ALL)
  @Operation(summary = "A file of the page: a module, a style sheet, the font or the icon")
  @ApiResponse(
      responseCode = "200",
      description = "the file",
      content =
          @Content(
              mediaType = MediaType.ALL,
              schema = @Schema(implementation = String.class, format = "binary")))
  @ApiResponse(
      responseCode = "304",
      description = "the file is the one that If-None-Match names",
      content = @Content)
  @ApiResponse(
      responseCode = "404",
      description = "no such file",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  HttpResponse<?> file(HttpRequest<?> request, @PathVariable String path) {
    return answer(request, path);
  }

  private HttpResponse<?> answer(HttpRequest<?> request, String path) {
    return files
        .named(path)
        .<HttpResponse<?>>map(file -> answer(request, file))
        .orElseGet(() -> Problem.response(HttpStatus.NOT_FOUND, "no such file of the page"));
  }

  private static HttpResponse<?> answer(HttpRequest<?> request, PageFiles.PageFile file) {
    boolean isKnown = file.isNamedBy(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH));
    MutableHttpResponse<?> response =
        isKnown
            ? HttpResponse.notModified()
            : HttpResponse.ok(file.bytes()).header(HttpHeaders.CONTENT_TYPE, file.type());
    return response
        .header(HttpHeaders.ETAG, file.etag())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "same-origin")
        .header("X-Content-Type-Options", "nosniff");
  }
}
