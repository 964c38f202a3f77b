package io.weir.http.access;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The page as the provider knows it.
 *
 * @param secret none for a client that has only the proof of its key (PKCE)
 * @param redirect where the provider sends people back to, exactly as it is registered there
 * @param scope what the page asks for, {@code openid} among it
 */
public record PageClient(String id, Optional<String> secret, URI redirect, String scope) {
  /** The end of the redirect address. */
  public static final String CALLBACK = "/sign-in/callback";

  private static final String ID = "http.oidc-client-id";
  private static final String SECRET = "http.oidc-client-secret";
  private static final String REDIRECT = "http.oidc-redirect-url";
  private static final String SCOPE = "http.oidc-scope";

  static Optional<PageClient> from(Settings settings) {
    Optional<String> id = settings.text(ID);
    Optional<String> secret = settings.secret(SECRET);
    Optional<String> redirect = settings.text(REDIRECT);
    String scope = settings.text(SCOPE, "openid");
    if (id.isPresent() != redirect.isPresent() || (id.isEmpty() && secret.isPresent())) {
      throw new StartupException(
          "the page signs in with %s and %s; one of them is missing"
              .formatted(Settings.variable(ID), Settings.variable(REDIRECT)));
    }
    if (id.isEmpty() || redirect.isEmpty()) {
      return Optional.empty();
    }
    URI address = OidcSettings.address(REDIRECT, redirect.get());
    if (!address.toString().endsWith(CALLBACK)) {
      throw new StartupException(
          "%s=%s must be the address of the page and %s"
              .formatted(Settings.variable(REDIRECT), address, CALLBACK));
    }
    if (!List.of(scope.split("\\s+", -1)).contains("openid")) {
      throw new StartupException(Settings.variable(SCOPE) + "=" + scope + " lacks openid");
    }
    return Optional.of(new PageClient(id.get(), secret, address, scope));
  }

  /** Whether browsers reach the page by TLS alone. */
  public boolean isSecure() {
    return "https".equalsIgnoreCase(redirect.getScheme());
  }

  /** Where the page is. */
  public URI home() {
    String address = redirect.toString();
    return URI.create(address.substring(0, address.length() - CALLBACK.length() + 1));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "PageClient[" + id + ", " + redirect + "]";
  }
}
