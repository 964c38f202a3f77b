package io.weir.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key of somebody who signed in with a browser. Scripts do not see it, other sites cannot send
 * it, and it only reads: what changes something wants the key in the header.
 */
public final class KeyCookie {
  public static final String SET = HttpHeaders.SET_COOKIE;

  private static final String NAME = "weir-key";
  private static final int SECONDS = 12 * 3_600;
  private static final Pattern FITS = Pattern.compile("[A-Za-z0-9._~+/=-]{1,512}");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private KeyCookie() {}

  /** Whether a text may stand in a cookie. */
  public static boolean fits(String key) {
    return FITS.matcher(key).matches();
  }

  /** The header's value for somebody who signs in. */
  public static String with(HttpRequest<?> request, String key) {
    return NAME + "=" + key + attributes(request, SECONDS);
  }

  /** The header's value for somebody who leaves. */
  public static String gone(HttpRequest<?> request) {
    return NAME + "=" + attributes(request, 0);
  }

  private static String attributes(HttpRequest<?> request, int seconds) {
    boolean isSecure =
        request.isSecure()
            || "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
    return "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (isSecure ? "; Secure" : "");
  }

  /** The key of a question that the page of this site asks. */
  static Optional<String> of(HttpRequest<?> request) {
    return isReadByThisSite(request)
        ? request.getCookies().findCookie(NAME).map(Cookie::getValue).filter(KeyCookie::fits)
        : Optional.empty();
  }

  /** Whether a question comes from the page of this site, and changes nothing. */
  static boolean isReadByThisSite(HttpRequest<?> request) {
    boolean isReading =
        request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
    return isReading && isOfThisSite(request);
  }

  /** Whether a browser says that its page of this site asks, or no browser asks. */
  public static boolean isOfThisSite(HttpRequest<?> request) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (site != null) {
      return OWN.contains(site);
    }
    String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
    return origin == null || isOf(origin, request.getHeaders().get(HttpHeaders.HOST));
  }

  private static boolean isOf(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null
          && host != null
          && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
