package io.weir.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.weir.http.access.ApiKeys;
import io.weir.http.access.Caller;
import io.weir.http.oidc.Oidc;
import io.weir.http.oidc.TokenOwner;
import java.util.Locale;
import java.util.Optional;

/** Finds out who asks, by what a request shows: a key or a token in the header, or a cookie. */
final class Callers {
  private static final String BEARER = "bearer ";

  private final ApiKeys keys;
  private final Oidc oidc;
  private final SessionCookie sessions;
  private final RightTokens right = new RightTokens();

  Callers(ApiKeys keys, Oidc oidc, SessionCookie sessions) {
    this.keys = keys;
    this.oidc = oidc;
    this.sessions = sessions;
  }

  /**
   * One who asks.
   *
   * @param caller empty for a stranger
   * @param why a stranger is one
   */
  record Visitor(Optional<Caller> caller, Reason why) {
    private static Visitor of(Caller caller) {
      return new Visitor(Optional.of(caller), Reason.NONE);
    }

    static Visitor stranger(Reason why) {
      return new Visitor(Optional.empty(), why);
    }
  }

  /** What is wrong with what a request shows. */
  enum Reason {
    /** Nothing is wrong. */
    NONE,

    /** There is no key and no token, or a wrong one. */
    UNKNOWN,

    /** The token is right, and gives no role. */
    NO_ROLE,

    /** The provider has not said yet how tokens are judged. */
    NOT_YET
  }

  Visitor of(HttpRequest<?> request) {
    Optional<String> shown = bearer(request);
    if (shown.isEmpty()) {
      return KeyCookie.of(request)
          .flatMap(keys::owner)
          .or(() -> sessions.caller(request))
          .map(Visitor::of)
          .orElseGet(() -> Visitor.stranger(Reason.UNKNOWN));
    }
    return keys.owner(shown.get()).map(Visitor::of).orElseGet(() -> byToken(shown.get()));
  }

  private Visitor byToken(String token) {
    Optional<TokenOwner> owner = oidc.owner(token);
    if (owner.isEmpty()) {
      right.remove(token);
      return Visitor.stranger(oidc.isBlind(token) ? Reason.NOT_YET : Reason.UNKNOWN);
    }
    owner.get().caller().ifPresent(_ -> right.add(token));
    return owner.get().caller().map(Visitor::of).orElseGet(() -> Visitor.stranger(Reason.NO_ROLE));
  }

  /**
   * Whether a request shows a token, whose signature would have to be looked at. What looks like no
   * token, and what is a key, costs nothing.
   */
  boolean isByToken(HttpRequest<?> request) {
    return bearer(request)
        .filter(shown -> oidc.isToken(shown) && keys.owner(shown).isEmpty())
        .isPresent();
  }

  /** Whether it is a token that was right when it was shown last. */
  boolean isKnownToken(HttpRequest<?> request) {
    return bearer(request).filter(right::has).isPresent();
  }

  /** What the header shows. Another scheme is for a proxy on the way, and leaves the cookie. */
  static Optional<String> bearer(HttpRequest<?> request) {
    String given = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    return given != null && given.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? Optional.of(given.substring(BEARER.length()).strip())
        : Optional.empty();
  }
}
