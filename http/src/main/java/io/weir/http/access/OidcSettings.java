package io.weir.http.access;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The provider whose tokens are taken, and what they must say.
 *
 * @param issuer as it stands in tokens, to the letter
 * @param audiences a token is for one of them
 * @param keys where the provider's keys are; empty to find them by discovery
 * @param algorithms of signatures, all with keys of which the service knows the public half only
 * @param skew how far clocks may be apart
 * @param page empty when only programs come with tokens
 */
public record OidcSettings(
    String issuer,
    Set<String> audiences,
    Optional<URI> keys,
    RoleClaim roles,
    Set<String> algorithms,
    Duration skew,
    Optional<PageClient> page) {
  private static final String GROUP = "http.oidc";
  static final String ISSUER = "http.oidc-issuer";
  private static final String AUDIENCE = "http.oidc-audience";
  private static final String KEYS = "http.oidc-keys-url";
  private static final String ALGORITHMS = "http.oidc-algorithms";
  private static final String SKEW = "http.oidc-clock-skew";
  private static final Duration USUAL_SKEW = Duration.ofSeconds(60);
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);

  /** Neither {@code none} nor one with a shared secret. */
  private static final List<String> POSSIBLE =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  public OidcSettings {
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
  }

  /** Reads the settings; empty without an issuer. */
  public static Optional<OidcSettings> from(Settings settings) {
    Optional<String> issuer = settings.text(ISSUER);
    if (issuer.isEmpty()) {
      settings.group(GROUP).keySet().stream()
          .findFirst()
          .ifPresent(name -> {
            throw new StartupException(
                Settings.variable(GROUP + "." + name)
                    + " says nothing without "
                    + Settings.variable(ISSUER));
          });
      return Optional.empty();
    }
    address(ISSUER, issuer.get());
    Duration skew = settings.duration(SKEW, USUAL_SKEW);
    if (skew.isNegative() || skew.compareTo(MOST_SKEW) > 0) {
      throw new StartupException(Settings.variable(SKEW) + " must be from 0s to 5m, is " + skew);
    }
    return Optional.of(
        new OidcSettings(
            issuer.get(),
            words(
                AUDIENCE,
                settings.required(AUDIENCE, "weir, which your provider writes into tokens")),
            settings.text(KEYS).map(text -> address(KEYS, text)),
            RoleClaim.from(settings),
            algorithms(settings.text(ALGORITHMS, "RS256,ES256")),
            skew,
            PageClient.from(settings)));
  }

  private static Set<String> words(String setting, String text) {
    var words = new LinkedHashSet<>(List.of(text.split("[,\\s]+", -1)));
    words.remove("");
    if (words.isEmpty()) {
      throw new StartupException(Settings.variable(setting) + "=" + text + " names nothing");
    }
    return words;
  }

  private static Set<String> algorithms(String text) {
    Set<String> algorithms = words(ALGORITHMS, text);
    for (String word : algorithms) {
      if (!POSSIBLE.contains(word)) {
        throw new StartupException(
            "%s: %s is none of %s".formatted(Settings.variable(ALGORITHMS), word, POSSIBLE));
      }
    }
    return algorithms;
  }

  /** An address of the web with TLS. Without TLS only this machine itself may be meant. */
  static URI address(String setting, String text) {
    Optional<URI> address = safe(text);
    if (address.isEmpty()) {
      throw new StartupException(
          "%s=%s is not an address such as https://login.example.com/weir"
              .formatted(Settings.variable(setting), text));
    }
    return address.get();
  }

  /** The address, if nobody on the way can read or change what goes there. */
  public static Optional<URI> safe(String text) {
    try {
      URI address = URI.create(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      boolean isSafe =
          address.getHost() != null
              && address.getUserInfo() == null
              && address.getFragment() == null
              && (scheme.equals("https")
                  || (scheme.equals("http") && isOfThisMachine(address.getHost())));
      return Optional.of(address).filter(_ -> isSafe);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isOfThisMachine(String host) {
    return HostNames.isOfThisMachine(host)
        && (host.startsWith("127.") || host.equals("[::1]") || host.endsWith("localhost"));
  }
}
