package io.weir.ingest.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.process.StartupException;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Optional;

/**
 * The place of a schema registry.
 *
 * @param url for example {@code https://registry.example.org}, without a login and without a slash
 *     at its end
 * @param login user and password with a colon between them
 */
public record RegistryAddress(String url, Optional<String> login) {

  /**
   * Reads an address that may have a login in it, as in {@code https://user:secret@registry}.
   *
   * @param user the one to use instead
   * @param password that of the user, also of one in the address without a password
   */
  public static RegistryAddress of(
      String address, Optional<String> user, Optional<String> password) {
    int scheme = address.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + "://".length();
    int slash = address.indexOf('/', start);
    int end = slash < 0 ? address.length() : slash;
    if (address.indexOf('@', end) >= 0) {
      // It may be a password with a slash, which no message may print.
      throw new StartupException(
          "WEIR_INGEST_REGISTRY_URL has an @ behind its first slash; a login belongs in"
              + " WEIR_INGEST_REGISTRY_USER and _PASSWORD");
    }
    int at = address.lastIndexOf('@', end);
    String own = at < start ? "" : address.substring(start, at);
    String url = at < start ? address : address.substring(0, start) + address.substring(at + 1);
    Optional<String> login =
        user.map(name -> name + ":" + password.orElse("")).or(() -> login(own, password));
    return new RegistryAddress(url.endsWith("/") ? url.substring(0, url.length() - 1) : url, login);
  }

  private static Optional<String> login(String own, Optional<String> password) {
    if (own.isEmpty()) {
      return Optional.empty();
    }
    String login = own;
    try {
      login = URLDecoder.decode(own.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      // A percent sign that stands for itself.
    }
    return Optional.of(own.contains(":") ? login : login + ":" + password.orElse(""));
  }

  /** The value of the header Authorization. */
  Optional<String> authorization() {
    return login.map(text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return url;
  }
}
