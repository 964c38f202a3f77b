package io.weir.http.access;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rule of who is let in. A service that others can reach asks for a key, unless it was told in
 * as many words that everybody may come.
 *
 * @param tokens whose tokens are taken beside keys
 * @param ownKey what this service shows to other instances
 * @param hosts more names that callers of an open service may know it by
 */
public record Access(
    Mode mode,
    ApiKeys keys,
    Optional<OidcSettings> tokens,
    Optional<String> ownKey,
    Limits limits,
    HostNames hosts) {
  private static final String OPEN = "http.open";
  private static final String KEYS = "http.keys";
  private static final String OWN_KEY = "http.key";

  /** Characters of a key that signs sessions. */
  private static final int LEAST_SIGNING = 32;

  /** The ways to take callers. */
  public enum Mode {
    /** Only programs of this machine reach it. */
    LOCAL,

    /** Everybody who reaches it is let in. */
    OPEN,

    /** Callers show a key or a token. */
    CLOSED
  }

  /** For a service that listens on the loopback address. */
  public static Access local() {
    return new Access(
        Mode.LOCAL,
        ApiKeys.none(),
        Optional.empty(),
        Optional.empty(),
        Limits.local(),
        HostNames.none());
  }

  /** The same, also for callers who know the service by this name. */
  public Access alsoNamed(String host) {
    return new Access(mode, keys, tokens, ownKey, limits, hosts.and(host));
  }

  /**
   * Reads the settings.
   *
   * @param service the prefix of the service's own settings
   * @param host where it listens
   */
  public static Access from(Settings settings, String service, String host) {
    boolean isOpen = settings.flag(OPEN, false);
    ApiKeys keys =
        settings
            .secret(KEYS)
            .map(text -> ApiKeys.of(text, Settings.variable(KEYS)))
            .orElseGet(ApiKeys::none);
    Optional<String> ownKey = settings.secret(OWN_KEY);
    Optional<OidcSettings> tokens = OidcSettings.from(settings);
    Mode mode = mode(isOpen, keys, tokens);
    if (mode == Mode.CLOSED) {
      ownKey.ifPresent(key -> requireInstance(keys, key));
      tokens.flatMap(OidcSettings::page).flatMap(_ -> ownKey).ifPresent(Access::requireLong);
    }
    if (mode == Mode.LOCAL && !isLoopback(host)) {
      throw unprotected(service, host);
    }
    Limits limits = Limits.from(settings, mode == Mode.LOCAL);
    return new Access(mode, keys, tokens, ownKey, limits, HostNames.from(settings));
  }

  private static Mode mode(boolean isOpen, ApiKeys keys, Optional<OidcSettings> tokens) {
    boolean isClosed = !keys.isEmpty() || tokens.isPresent();
    if (isOpen && isClosed) {
      throw new StartupException(
          "%s=true lets everybody in, and %s; one of them is right"
              .formatted(
                  Settings.variable(OPEN),
                  keys.isEmpty()
                      ? Settings.variable(OidcSettings.ISSUER) + " asks for tokens"
                      : Settings.variable(KEYS) + " asks for keys"));
    }
    if (isOpen) {
      return Mode.OPEN;
    }
    return isClosed ? Mode.CLOSED : Mode.LOCAL;
  }

  /** An operator may all that an instance may, and so shows a right key as well. */
  private static void requireInstance(ApiKeys keys, String own) {
    boolean isRight =
        keys.owner(own)
            .filter(owner -> owner.role() == Role.INSTANCE || owner.role() == Role.OPERATOR)
            .isPresent();
    if (!isRight) {
      throw new StartupException(
          "%s is none of the keys with the role instance in %s: instances could not ask each other"
              .formatted(Settings.variable(OWN_KEY), Settings.variable(KEYS)));
    }
  }

  /** Everybody who signs in gets a signature by this key, and could look for a short one. */
  private static void requireLong(String own) {
    if (own.length() < LEAST_SIGNING) {
      throw new StartupException(
          "%s has fewer than %d characters, and signs the sessions of the page at the provider:"
                  .formatted(Settings.variable(OWN_KEY), LEAST_SIGNING)
              + " make a new one with `openssl rand -hex 32`");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static StartupException unprotected(String service, String host) {
    return new StartupException(
        "%s=%s lets other machines in, and nobody is asked for a key: set %s or %s, or %s, or %s=true if everybody may come"
            .formatted(
                Settings.variable(service + ".host"),
                host,
                Settings.variable(KEYS),
                Settings.variable(KEYS + "-file"),
                Settings.variable(OidcSettings.ISSUER),
                Settings.variable(OPEN)));
  }
}
