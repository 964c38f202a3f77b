package io.weir.stream.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Hidden;
import io.weir.http.Doorkeeper;
import io.weir.http.KeyCookie;
import io.weir.http.ListenAddress;
import io.weir.http.Problem;
import io.weir.http.SessionCookie;
import io.weir.http.access.Access;
import io.weir.http.access.Access.Mode;
import io.weir.http.access.Caller;
import io.weir.http.access.OidcSettings;
import io.weir.http.access.Open;
import io.weir.http.access.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in of the page, by a key that the browser then keeps from all scripts. */
@Open
@Hidden
@Controller
final class SignInController {
  private final Access access;
  private final SessionCookie sessions;

  SignInController(ListenAddress address, SessionCookie sessions) {
    this.access = address.access();
    this.sessions = sessions;
  }

  /**
   * Who uses the page.
   *
   * @param isAsked whether anybody has to sign in
   * @param hasProvider whether that can be done without a key
   * @param name none before that
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Visit(
      boolean isAsked,
      @Nullable Boolean hasProvider,
      @Nullable String name,
      @Nullable String role) {}

  /** What the form sends. */
  @Serdeable
  record Key(@Nullable String key) {}

  @Get("/sign-in")
  Visit visit(HttpRequest<?> request) {
    Optional<Caller> caller = Doorkeeper.caller(request);
    return new Visit(
        access.mode() == Mode.CLOSED,
        hasProvider() ? true : null,
        caller.map(Caller::label).orElse(null),
        caller.map(known -> known.role().word()).orElse(null));
  }

  @Post("/sign-in")
  HttpResponse<?> signIn(HttpRequest<?> request, @Body Key body) {
    if (!KeyCookie.isOfThisSite(request)) {
      return otherSite();
    }
    String key = body.key() == null ? "" : body.key().strip();
    Optional<Caller> caller =
        KeyCookie.fits(key) ? access.keys().owner(key) : Optional.<Caller>empty();
    if (caller.isEmpty()) {
      return Problem.response(HttpStatus.UNAUTHORIZED, "no such key");
    }
    Role role = caller.get().role();
    if (role != Role.READER && role != Role.OPERATOR) {
      return Problem.response(
          HttpStatus.FORBIDDEN, "a key with the role " + role.word() + " does not open the page");
    }
    return HttpResponse.noContent().header(KeyCookie.SET, KeyCookie.with(request, key));
  }

  @Post("/sign-out")
  HttpResponse<?> signOut(HttpRequest<?> request) {
    if (!KeyCookie.isOfThisSite(request)) {
      return otherSite();
    }
    MutableHttpResponse<?> left =
        HttpResponse.noContent().header(KeyCookie.SET, KeyCookie.gone(request));
    return hasProvider() ? left.header(KeyCookie.SET, sessions.ended()) : left;
  }

  private boolean hasProvider() {
    return access.tokens().flatMap(OidcSettings::page).isPresent();
  }

  private static HttpResponse<?> otherSite() {
    return Problem.response(HttpStatus.FORBIDDEN, "another site sent this");
  }
}
