package io.weir.stream.query.http;

import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import io.weir.http.KeyCookie;
import io.weir.http.ListenAddress;
import io.weir.http.Problem;
import io.weir.http.SessionCookie;
import io.weir.http.access.OidcSettings;
import io.weir.http.access.Open;
import io.weir.http.access.PageClient;
import io.weir.http.oidc.Oidc;
import io.weir.http.oidc.SignIns;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signing in of the page at a provider, which a browser leaves for and comes back from. */
@Open
@Hidden
@Controller("/sign-in")
final class ProviderSignInController {
  /** The parameter of the page that tells why nobody is signed in. */
  static final String OUTCOME = "sign-in";

  private final Optional<PageClient> page;
  private final Oidc oidc;
  private final SessionCookie cookie;

  ProviderSignInController(ListenAddress address, Oidc oidc, SessionCookie cookie) {
    this.page = address.access().tokens().flatMap(OidcSettings::page);
    this.oidc = oidc;
    this.cookie = cookie;
  }

  @Get("/start")
  CompletionStage<HttpResponse<?>> start(HttpRequest<?> request) {
    if (!KeyCookie.isOfThisSite(request)) {
      return CompletableFuture.completedFuture(
          Problem.response(HttpStatus.FORBIDDEN, "another site sent this"));
    }
    return oidc.signIns()
        .<CompletionStage<HttpResponse<?>>>map(signIns -> signIns.start().thenApply(this::leave))
        .orElseGet(ProviderSignInController::nothing);
  }

  private HttpResponse<?> leave(Optional<SignIns.Start> start) {
    return start
        .<HttpResponse<?>>map(known ->
            HttpResponse.seeOther(known.address())
                .header(KeyCookie.SET, cookie.remembering(known.memory())))
        .orElseGet(() -> HttpResponse.seeOther(told("failed")));
  }

  @Get("/callback")
  CompletionStage<HttpResponse<?>> callback(HttpRequest<?> request) {
    HttpParameters parameters = request.getParameters();
    var back =
        new SignIns.Return(
            parameters.get("state"),
            parameters.get("code"),
            parameters.get("error"),
            parameters.get("iss"),
            cookie.memory(request).orElse(null));
    return oidc.signIns()
        .<CompletionStage<HttpResponse<?>>>map(
            signIns -> signIns.finish(back).thenApply(this::arrive))
        .orElseGet(ProviderSignInController::nothing);
  }

  private HttpResponse<?> arrive(SignIns.Outcome outcome) {
    return switch (outcome) {
      case SignIns.Entered entered ->
          HttpResponse.seeOther(home(""))
              .header(KeyCookie.SET, cookie.begun(entered.caller()))
              .header(KeyCookie.SET, cookie.forgetting());
      case SignIns.Failed failed ->
          HttpResponse.seeOther(told(failed.why())).header(KeyCookie.SET, cookie.forgetting());
      case SignIns.Stray _ -> HttpResponse.seeOther(told("failed"));
    };
  }

  private URI told(String why) {
    return home("?" + OUTCOME + "=" + why);
  }

  /** The page, as the settings name it: nobody else says where a browser goes. */
  private URI home(String query) {
    return URI.create(page.orElseThrow().home() + query);
  }

  private static CompletionStage<HttpResponse<?>> nothing() {
    return CompletableFuture.completedFuture(
        Problem.response(HttpStatus.NOT_FOUND, "no provider signs anybody in here"));
  }
}
