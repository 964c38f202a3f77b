package io.weir.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.weir.http.access.Access;
import io.weir.http.access.Caller;
import io.weir.http.access.OidcSettings;
import io.weir.http.access.PageClient;
import io.weir.http.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session of somebody who signed in at the provider: a name and a role, and until when, signed
 * by this service. Instances that show each other the same key take each other's sessions.
 */
public final class SessionCookie {
  private static final String NAME = "weir-session";
  private static final String MEMORY = "weir-sign-in";

  /** Browsers keep a cookie of such a name from other hosts, and from plain HTTP. */
  private static final String SAFE = "__Host-";

  private static final Duration LIFE = Duration.ofHours(12);
  private static final Duration MEMORY_LIFE = Duration.ofMinutes(10);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<content>(?<end>\\d{1,12})\\.(?<role>[a-z]{1,16})\\.(?<name>[\\w-]+)\\.(?<label>[\\w-]+))"
              + "\\.(?<signature>[\\w-]{43})");

  private final Optional<SecretKeySpec> key;
  private final boolean isSecure;
  private final InstantSource clock;

  SessionCookie(Access access, InstantSource clock) {
    Optional<PageClient> page = access.tokens().flatMap(OidcSettings::page);
    this.key = page.map(client -> key(access, access.tokens().orElseThrow().issuer(), client.id()));
    this.isSecure = page.filter(PageClient::isSecure).isPresent();
    this.clock = clock;
  }

  /** Another provider, or another page, ends all sessions. */
  private static SecretKeySpec key(Access access, String issuer, String client) {
    byte[] secret =
        access
            .ownKey()
            .map(own -> own.getBytes(StandardCharsets.UTF_8))
            .orElseGet(() -> new SecureRandom().generateSeed(32));
    String purpose = "weir-session\n" + issuer + "\n" + client;
    return new SecretKeySpec(sign(new SecretKeySpec(secret, "HmacSHA256"), purpose), "HmacSHA256");
  }

  /** The header's value that begins a session. */
  public String begun(Caller caller) {
    String content =
        String.join(
            ".",
            Long.toString(clock.instant().plus(LIFE).getEpochSecond()),
            caller.role().word(),
            encoded(caller.name()),
            encoded(caller.label()));
    String signature = ENCODER.encodeToString(sign(key.orElseThrow(), content));
    return cookie(NAME, content + "." + signature, LIFE, "Strict");
  }

  /** The header's value that ends a session. */
  public String ended() {
    return cookie(NAME, "", Duration.ZERO, "Strict");
  }

  /** The header's value that keeps what belongs to one sign-in; it comes back from another site. */
  public String remembering(String memory) {
    return cookie(MEMORY, memory, MEMORY_LIFE, "Lax");
  }

  /** The header's value that forgets it. */
  public String forgetting() {
    return cookie(MEMORY, "", Duration.ZERO, "Lax");
  }

  /** What belongs to the sign-in that a browser comes back from. */
  public Optional<String> memory(HttpRequest<?> request) {
    return value(request, MEMORY);
  }

  /** The signed-in caller of a request that the page of this site makes and that only reads. */
  Optional<Caller> caller(HttpRequest<?> request) {
    return key.isPresent() && KeyCookie.isReadByThisSite(request)
        ? value(request, NAME).flatMap(this::caller)
        : Optional.empty();
  }

  private Optional<Caller> caller(String value) {
    Matcher matcher = VALUE.matcher(value);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] right = sign(key.orElseThrow(), matcher.group("content"));
    boolean isRight =
        MessageDigest.isEqual(
            ENCODER.encode(right), matcher.group("signature").getBytes(StandardCharsets.US_ASCII));
    if (!isRight || Long.parseLong(matcher.group("end")) <= clock.instant().getEpochSecond()) {
      return Optional.empty();
    }
    return Role.named(matcher.group("role"))
        .map(role ->
            new Caller(decoded(matcher.group("name")), role, decoded(matcher.group("label"))));
  }

  private Optional<String> value(HttpRequest<?> request, String name) {
    return request.getCookies().findCookie(named(name)).map(Cookie::getValue);
  }

  private String named(String name) {
    return isSecure ? SAFE + name : name;
  }

  private String cookie(String name, String value, Duration life, String site) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=%s%s"
        .formatted(named(name), value, life.toSeconds(), site, isSecure ? "; Secure" : "");
  }

  private static byte[] sign(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static String encoded(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
