package io.weir.http.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.weir.http.access.OidcSettings;
import io.weir.http.oidc.SignIns.Entered;
import io.weir.http.oidc.SignIns.Failed;
import io.weir.http.oidc.SignIns.Outcome;
import io.weir.http.oidc.SignIns.Return;
import io.weir.http.oidc.SignIns.Start;
import io.weir.http.oidc.SignIns.Stray;
import io.weir.process.Settings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInsTest {
  private static final String REDIRECT = "https://weir.example.com/shop/sign-in/callback";

  private final TokenIssuer issuer = TokenIssuer.start();
  private final AtomicLong now = new AtomicLong();
  private final Oidc oidc = new Oidc(settings(), now::get, Duration.ofMinutes(5));
  private final SignIns signIns = oidc.signIns().orElseThrow();
  private Start start = new Start(URI.create("a"), "");
  private Map<String, String> query = Map.of();

  private Optional<OidcSettings> settings() {
    return OidcSettings.from(
        Settings.of(
            Map.of(
                "WEIR_HTTP_OIDC_ISSUER", issuer.address(),
                "WEIR_HTTP_OIDC_AUDIENCE", "weir",
                "WEIR_HTTP_OIDC_CLIENT_ID", "weir page",
                "WEIR_HTTP_OIDC_CLIENT_SECRET", "a:b/c",
                "WEIR_HTTP_OIDC_REDIRECT_URL", REDIRECT)));
  }

  @BeforeEach
  void begin() {
    start = signIns.start().join().orElseThrow();
    query = query(start.address().getRawQuery());
  }

  @AfterEach
  void stop() {
    oidc.close();
    issuer.close();
  }

  private static Map<String, String> query(String text) {
    var query = new HashMap<String, String>();
    for (String part : text.split("&", -1)) {
      String[] both = part.split("=", 2);
      query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private String value(String name) {
    return query.getOrDefault(name, "none");
  }

  private String memory(int part) {
    return List.of(start.memory().split("\\.", -1)).get(part);
  }

  private Outcome end(@Nullable String state, @Nullable String memory) {
    return signIns.finish(new Return(state, "code-1", null, null, memory)).join();
  }

  private Outcome endWith(JWTClaimsSet.Builder claims) {
    issuer.tokens =
        "{\"access_token\":\"a\",\"id_token\":\"%s\"}"
            .formatted(TokenIssuer.sign(TokenIssuer.RSA, claims));
    return end(value("state"), start.memory());
  }

  private JWTClaimsSet.Builder right(String role) {
    return issuer
        .claims(role)
        .audience("weir page")
        .claim("nonce", value("nonce"))
        .claim("name", "Ann of the shop");
  }

  @Test
  void wayToTheProvider_hasTheProofOfTheCode() throws Exception {
    assertThat(start.address().toString()).startsWith(issuer.address() + "/auth?a=1&");
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "weir page")
        .containsEntry("redirect_uri", REDIRECT)
        .containsEntry("scope", "openid")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("state", memory(0))
        .containsEntry("nonce", memory(1));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(memory(2).getBytes(StandardCharsets.US_ASCII));
    assertThat(value("code_challenge"))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    assertThat(start.address().toString()).doesNotContain(memory(2), "a:b/c");
    assertThat(signIns.start().join().orElseThrow().memory()).isNotEqualTo(start.memory());
  }

  @Test
  void rightToken_letsIn() {
    Outcome outcome = endWith(right("weir-reader"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Entered.class, in -> assertThat(in.caller().name()).isEqualTo("oidc:user-1"));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Entered.class, in -> assertThat(in.caller().label()).isEqualTo("Ann of the shop"));
    assertThat(issuer.exchanged)
        .contains("code=code-1", "code_verifier=" + memory(2), "grant_type=authorization_code")
        .contains("redirect_uri=https%3A%2F%2Fweir.example.com%2Fshop%2Fsign-in%2Fcallback")
        .startsWith(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("weir+page:a%3Ab%2Fc".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void tokenOfAnotherSignIn_orForSomebodyElse_doesNot() {
    assertThat(endWith(right("weir-reader").claim("nonce", "other")))
        .isEqualTo(new Failed("failed"));
    assertThat(endWith(right("weir-reader").claim("nonce", null))).isEqualTo(new Failed("failed"));
    assertThat(endWith(right("weir-reader").audience("weir"))).isEqualTo(new Failed("failed"));
    assertThat(endWith(right("weir-reader").audience(List.of("weir page", "b"))))
        .isEqualTo(new Failed("failed"));
    assertThat(endWith(right("weir-reader").claim("azp", "b"))).isEqualTo(new Failed("failed"));
    assertThat(endWith(right("weir-reader").issuer("https://evil.example")))
        .isEqualTo(new Failed("failed"));
    assertThat(endWith(right("weir-collector"))).isEqualTo(new Failed("no-role"));
    assertThat(endWith(right("staff"))).isEqualTo(new Failed("no-role"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"id_token\":7}", "{\"id_token\":\"a.b.c\"}", "{"})
  void otherAnswers_doNot(String body) {
    issuer.tokens = body;

    assertThat(end(value("state"), start.memory())).isEqualTo(new Failed("failed"));
  }

  @Test
  void returnThatNobodyLeftFor_asksTheProviderNothing() {
    String other = signIns.start().join().orElseThrow().memory();

    assertThat(end(value("state"), null)).isEqualTo(new Stray());
    assertThat(end(value("state"), other)).isEqualTo(new Stray());
    assertThat(end(null, start.memory())).isEqualTo(new Stray());
    assertThat(end("", start.memory().replace(memory(0), ""))).isEqualTo(new Stray());
    assertThat(
            signIns
                .finish(
                    new Return(value("state"), "c", null, "https://evil.example", start.memory()))
                .join())
        .isEqualTo(new Failed("failed"));
    assertThat(
            signIns
                .finish(new Return(value("state"), "c", "access_denied", null, start.memory()))
                .join())
        .isEqualTo(new Failed("refused"));
    assertThat(issuer.exchanged).isEmpty();
  }

  /** So many sign-ins as a stranger begins, who ends none. */
  private List<CompletableFuture<Optional<Start>>> manyStarts() {
    return IntStream.range(0, 100).mapToObj(_ -> signIns.start()).toList();
  }

  @Test
  void manyStarts_askTheProviderOnceInAMinute() {
    now.addAndGet(TimeUnit.SECONDS.toNanos(59));
    assertThat(manyStarts()).allSatisfy(each -> assertThat(each.join()).isPresent());
    assertThat(issuer.described).hasValue(1);

    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(manyStarts()).allSatisfy(each -> assertThat(each.join()).isPresent());
    assertThat(issuer.described).hasValue(2);
  }

  @Test
  void manyStarts_keepNobodyFromTheEndOfASignIn() {
    issuer.gate = new CountDownLatch(1);
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    issuer.tokens =
        "{\"id_token\":\"%s\"}".formatted(TokenIssuer.sign(TokenIssuer.RSA, right("weir-reader")));
    List<CompletableFuture<Optional<Start>>> starts = manyStarts();

    CompletableFuture<Outcome> end =
        signIns.finish(new Return(value("state"), "code-1", null, null, start.memory()));
    issuer.gate.countDown();

    assertThat(end.join()).isInstanceOf(Entered.class);
    assertThat(starts).allSatisfy(each -> assertThat(each.join()).isPresent());
    assertThat(issuer.described).hasValue(2);
  }

  @Test
  void descriptionThatCannotBeRead_isAskedForAgainASecondLater() {
    String right = issuer.discovery;
    issuer.discovery = "";
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(signIns.start().join()).isEmpty();

    issuer.discovery = right;
    assertThat(signIns.start().join()).isEmpty();
    assertThat(issuer.described).hasValue(2);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(signIns.start().join()).isPresent();
  }

  @Test
  void providerThatIsDown_isNoDefect() {
    issuer.stop();
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));

    assertThat(signIns.start().join()).isEmpty();
    assertThat(end(value("state"), start.memory())).isEqualTo(new Failed("failed"));
  }
}
