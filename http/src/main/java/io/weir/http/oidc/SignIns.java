package io.weir.http.oidc;

import io.weir.http.access.Caller;
import io.weir.http.access.OidcSettings;
import io.weir.http.access.PageClient;
import io.weir.http.access.Role;
import io.weir.process.RootCause;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs people of the page in at the provider: the authorization code flow of OpenID Connect with
 * PKCE (RFC 7636, S256), state and nonce. The browser keeps what belongs to one sign-in, so that
 * any instance can finish it.
 */
public final class SignIns {
  private static final Logger log = LoggerFactory.getLogger(SignIns.class);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int RANDOM_BYTES = 32;
  private static final int LONGEST_CODE = 4_096;
  private static final Pattern MEMORY =
      Pattern.compile("(?<state>[\\w-]{43})\\.(?<nonce>[\\w-]{43})\\.(?<verifier>[\\w-]{43})");

  /**
   * So many codes are exchanged at once. To begin a sign-in asks the provider nothing of its own.
   */
  private static final int MOST_AT_ONCE = 20;

  private final OidcSettings settings;
  private final PageClient page;
  private final Provider provider;
  private final KeyRing keys;
  private final TokenJudge tokens;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  SignIns(
      OidcSettings settings, PageClient page, Provider provider, KeyRing keys, TokenJudge tokens) {
    this.settings = settings;
    this.page = page;
    this.provider = provider;
    this.keys = keys;
    this.tokens = tokens;
  }

  /**
   * The way to the provider.
   *
   * @param memory what the browser has to bring back
   */
  public record Start(URI address, String memory) {}

  /**
   * The words that a browser brings back from the provider. All of them may be forged.
   *
   * @param memory of the browser itself
   */
  public record Return(
      @Nullable String state,
      @Nullable String code,
      @Nullable String error,
      @Nullable String issuer,
      @Nullable String memory) {}

  /** The end of a sign-in. */
  public sealed interface Outcome {}

  /** Somebody is there. */
  public record Entered(Caller caller) implements Outcome {}

  /**
   * Nobody is.
   *
   * @param why one word for the page
   */
  public record Failed(String why) implements Outcome {}

  /**
   * Nobody left for this return: any site can send a browser here. A sign-in that the browser has
   * begun goes on.
   */
  public record Stray() implements Outcome {}

  private static final Failed FAILED = new Failed("failed");
  private static final Failed REFUSED = new Failed("refused");
  private static final Failed NO_ROLE = new Failed("no-role");

  /** Begins a sign-in; empty when the provider does not answer. */
  public CompletableFuture<Optional<Start>> start() {
    String state = random();
    String nonce = random();
    String verifier = random();
    return provider
        .description()
        .thenApply(about -> about.address("authorization_endpoint"))
        .thenApply(address -> Optional.of(start(address, state, nonce, verifier)))
        .exceptionally(failure -> {
          tell(failure);
          return Optional.empty();
        });
  }

  private Start start(URI address, String state, String nonce, String verifier) {
    var query = new LinkedHashMap<String, String>();
    query.put("response_type", "code");
    query.put("client_id", page.id());
    query.put("redirect_uri", page.redirect().toString());
    query.put("scope", page.scope());
    query.put("state", state);
    query.put("nonce", nonce);
    query.put("code_challenge", challenge(verifier));
    query.put("code_challenge_method", "S256");
    String sign = address.getRawQuery() == null ? "?" : "&";
    return new Start(
        URI.create(address + sign + form(query)), state + "." + nonce + "." + verifier);
  }

  /** Ends a sign-in. It never fails otherwise than by its outcome. */
  public CompletableFuture<Outcome> finish(Return back) {
    Matcher memory = MEMORY.matcher(back.memory() == null ? "" : back.memory());
    String state = back.state();
    String code = back.code();
    if (!memory.matches() || state == null || !isSame(state, memory.group("state"))) {
      return CompletableFuture.completedFuture(new Stray());
    }
    if (back.issuer() != null && !back.issuer().equals(settings.issuer())) {
      return CompletableFuture.completedFuture(FAILED);
    }
    if (back.error() != null || code == null || code.length() > LONGEST_CODE) {
      return CompletableFuture.completedFuture(
          "access_denied".equals(back.error()) ? REFUSED : FAILED);
    }
    return one(() -> exchange(code, memory.group("verifier"), memory.group("nonce")))
        .exceptionally(failure -> {
          tell(failure);
          return FAILED;
        });
  }

  private CompletableFuture<Outcome> exchange(String code, String verifier, String nonce) {
    return provider
        .description()
        .thenCompose(about -> provider.tokens(request(about, code, verifier)))
        .thenCompose(answer -> {
          String token = answer.get("id_token") instanceof String text ? text : "";
          CompletableFuture<Void> ready =
              tokens.isOfUnknownKey(token) ? keys.read() : CompletableFuture.completedFuture(null);
          return ready.thenApply(_ -> outcome(token, nonce));
        });
  }

  private Outcome outcome(String token, String nonce) {
    Optional<TokenOwner> owner = tokens.ownerOfIdToken(token, page.id(), nonce);
    if (owner.isEmpty()) {
      log.warn("the provider ended a sign-in with a token that is not right");
      return FAILED;
    }
    return owner
        .get()
        .caller()
        .filter(caller -> caller.role() == Role.READER || caller.role() == Role.OPERATOR)
        .<Outcome>map(Entered::new)
        .orElse(NO_ROLE);
  }

  private HttpRequest request(Provider.Description about, String code, String verifier) {
    var body = new LinkedHashMap<String, String>();
    body.put("grant_type", "authorization_code");
    body.put("code", code);
    body.put("redirect_uri", page.redirect().toString());
    body.put("code_verifier", verifier);
    body.put("client_id", page.id());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(about.address("token_endpoint"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    page.secret()
        .ifPresent(secret -> {
          String ways = "token_endpoint_auth_methods_supported";
          if (about.allows(ways, "client_secret_post")
              && !about.allows(ways, "client_secret_basic")) {
            body.put("client_secret", secret);
          } else {
            String both = encoded(page.id()) + ":" + encoded(secret);
            request.header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
          }
        });
    return request.POST(BodyPublishers.ofString(form(body))).build();
  }

  /** Runs what asks the provider, if not too much of it runs already. */
  private <T> CompletableFuture<T> one(Supplier<CompletableFuture<T>> work) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(new ProviderException("too many sign-ins at once"));
    }
    // What throws at once gives its permit back, too.
    return CompletableFuture.<@Nullable Void>completedFuture(null)
        .thenCompose(_ -> work.get())
        .whenComplete((_, _) -> free.release());
  }

  /** A code and a token never stand in a message. */
  private static void tell(Throwable failure) {
    Throwable cause = RootCause.of(failure);
    log.warn(
        "a sign-in failed: {}",
        cause instanceof ProviderException ? cause.getMessage() : cause.getClass().getName());
  }

  private String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isSame(String given, String known) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
