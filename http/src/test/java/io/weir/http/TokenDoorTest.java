package io.weir.http;

import static io.weir.http.oidc.TokenIssuer.EC;
import static io.weir.http.oidc.TokenIssuer.RSA;
import static io.weir.http.oidc.TokenIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.weir.http.oidc.TokenIssuer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers with tokens of a provider, right ones and forged ones. */
class TokenDoorTest {
  private static final TokenIssuer ISSUER = TokenIssuer.start();
  private static final Doors DOORS = doors(ISSUER);

  private static Doors doors(TokenIssuer issuer, String... more) {
    var settings =
        new LinkedHashMap<>(
            Map.of(
                "WEIR_HTTP_OIDC_ISSUER",
                issuer.address(),
                "WEIR_HTTP_OIDC_AUDIENCE",
                "weir other",
                "WEIR_HTTP_RATE",
                "0",
                "WEIR_HTTP_KEYS",
                Doors.keys()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return Doors.with(
        settings.entrySet().stream()
            .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
            .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    DOORS.close();
    ISSUER.close();
  }

  private static HttpResponse<String> with(String token) {
    return with(DOORS, token, "/shop/orders");
  }

  private static HttpResponse<String> with(Doors doors, String token, String path) {
    return doors.get(path, "Authorization", "Bearer " + token);
  }

  private static JWTClaimsSet.Builder reader() {
    return ISSUER.claims("weir-reader");
  }

  @ParameterizedTest
  @CsvSource({
    "weir-reader, /shop/orders, 200",
    "weir-reader, /metrics, 403",
    "weir-reader, /shop/inside, 403",
    "weir-operator, /metrics, 200",
    "weir-collector, /shop/orders, 403",
    "reader, /shop/orders, 403",
    "instance, /shop/inside, 403",
    "weir-reader, /nothing, 404",
  })
  void token_givesTheRoleThatItsClaimNames(String role, String path, int status) {
    HttpResponse<String> answer = with(DOORS, sign(RSA, ISSUER.claims("something", role)), path);

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status > 400) {
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void keys_andBothKindsOfSignatures_areTaken() {
    assertThat(with(sign(EC, reader())).statusCode()).isEqualTo(200);
    for (String type : List.of("at+jwt", "application/at+jwt", "Application/AT+JWT")) {
      assertThat(with(sign(RSA, RSA.getKeyID(), type, reader())).statusCode())
          .as(type)
          .isEqualTo(200);
    }
    assertThat(with(sign(EC, null, "JWT", reader())).statusCode()).isEqualTo(200);
    assertThat(with(sign(RSA, reader().audience(List.of("a", "other")))).statusCode())
        .isEqualTo(200);
    assertThat(DOORS.as("reader", "/shop/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void tokenWithoutTheNameOfAKey_isNotTriedWithMany() {
    try (TokenIssuer issuer = TokenIssuer.start()) {
      issuer.keys = TokenIssuer.set(EC, TokenIssuer.ec("ec-2"));
      try (Doors doors = doors(issuer)) {
        String token = sign(EC, issuer.claims("weir-reader"));
        String nameless = sign(EC, null, "JWT", issuer.claims("weir-reader"));

        assertThat(with(doors, token, "/shop/orders").statusCode()).isEqualTo(200);
        assertThat(with(doors, nameless, "/shop/orders").statusCode()).isEqualTo(401);
      }
    }
  }

  /** A right token is refused as well, so the refusal came before its signature was looked at. */
  @Test
  void forgedTokens_areCountedByAddress_beforeTheirSignatures() {
    try (Doors doors = doors(ISSUER, "WEIR_HTTP_RATE", "1")) {
      String known = sign(RSA, reader());
      assertThat(with(doors, known, "/shop/orders").statusCode()).isEqualTo(200);
      String forged = sign(TokenIssuer.rsa(RSA.getKeyID(), 2_048), reader());
      assertThat(with(doors, forged, "/shop/orders").statusCode()).isEqualTo(401);

      boolean isHeldBack =
          IntStream.range(0, 50)
              .anyMatch(i -> {
                // Files of the page are not counted otherwise.
                IntStream.range(0, 5).forEach(_ -> with(doors, forged, "/shop/window"));
                String fresh = sign(RSA, reader().subject("somebody " + i));
                return with(doors, fresh, "/shop/orders").statusCode() == 429;
              });

      assertThat(isHeldBack).isTrue();
      assertThat(doors.as("reader", "/shop/orders").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokenThatWasRight_goesOn_whileItsAddressIsHeldBack() {
    try (Doors doors = doors(ISSUER, "WEIR_HTTP_RATE", "1")) {
      String known = sign(RSA, ISSUER.claims("weir-operator"));
      assertThat(with(doors, known, "/shop/orders").statusCode()).isEqualTo(200);

      whileHeldBack(
          doors,
          () -> {
            // An operator's forwarded question is not counted by the name.
            HttpResponse<String> answer =
                doors.get(
                    "/shop/orders", "Authorization", "Bearer " + known, Doorkeeper.FORWARDED, "1");
            assertThat(answer.statusCode()).isEqualTo(200);
          });
    }
  }

  @Test
  void openPaths_areOpen_whileTheAddressIsHeldBack() {
    try (Doors doors = doors(ISSUER, "WEIR_HTTP_RATE", "1")) {
      whileHeldBack(
          doors,
          () -> {
            HttpResponse<String> answer = with(doors, newToken(), "/shop/window");
            assertThat(answer.statusCode()).isEqualTo(200);
          });
    }
  }

  private static String newToken() {
    return sign(RSA, reader().subject(UUID.randomUUID().toString()));
  }

  private static boolean isHeldBack(Doors doors) {
    return with(doors, newToken(), "/shop/orders").statusCode() == 429;
  }

  /** Tries until a new right token was refused before and after, within the second that holds. */
  private static void whileHeldBack(Doors doors, Runnable question) {
    String forged = sign(TokenIssuer.rsa(RSA.getKeyID(), 2_048), reader());
    boolean wasHeld =
        IntStream.range(0, 50)
            .anyMatch(_ -> {
              IntStream.range(0, 5).forEach(_ -> with(doors, forged, "/shop/orders"));
              boolean isBefore = isHeldBack(doors);
              question.run();
              return isBefore && isHeldBack(doors);
            });
    assertThat(wasHeld).isTrue();
  }

  /** Behind a proxy all strangers have one address. */
  @Test
  void strangersWithoutAToken_holdNobodysTokenBack() {
    try (Doors doors = doors(ISSUER, "WEIR_HTTP_RATE", "1")) {
      boolean wasBusy =
          IntStream.range(0, 50)
              .anyMatch(_ -> {
                IntStream.range(0, 5).forEach(_ -> doors.get("/shop/orders"));
                IntStream.range(0, 5).forEach(_ -> with(doors, "no token", "/shop/orders"));
                boolean isBefore = doors.get("/shop/orders").statusCode() == 429;
                assertThat(isHeldBack(doors)).isFalse();
                return isBefore && with(doors, "a.b.c", "/shop/orders").statusCode() == 429;
              });

      assertThat(wasBusy).isTrue();
    }
  }

  @Test
  void strongestRole_counts() {
    String token = sign(RSA, ISSUER.claims("weir-collector", "weir-reader", "weir-operator"));

    assertThat(with(DOORS, token, "/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void forgedAndForeignTokens_areRefused() throws Exception {
    RSAKey otherRsa = TokenIssuer.rsa(RSA.getKeyID(), 2_048);
    ECKey otherEc = TokenIssuer.ec(EC.getKeyID());
    Date past = Date.from(Instant.now().minusSeconds(120));
    Date future = Date.from(Instant.now().plusSeconds(120));
    String right = sign(RSA, reader());
    String[] parts = right.split("\\.", -1);
    var bad = new LinkedHashMap<String, String>();
    bad.put("another key of that name", sign(otherRsa, reader()));
    bad.put("another key of that name, EC", sign(otherEc, reader()));
    bad.put("an EC key by the name of an RSA key", sign(EC, RSA.getKeyID(), "JWT", reader()));
    bad.put("expired", sign(RSA, reader().expirationTime(past)));
    bad.put("never ends", sign(RSA, reader().expirationTime(null)));
    bad.put("not yet", sign(RSA, reader().notBeforeTime(future)));
    bad.put("another issuer", sign(RSA, reader().issuer(ISSUER.address() + "/")));
    bad.put("no issuer", sign(RSA, reader().issuer(null)));
    bad.put("another audience", sign(RSA, reader().audience("weir2")));
    bad.put("no audience", sign(RSA, reader().audience((String) null)));
    bad.put("no subject", sign(RSA, reader().subject(null)));
    bad.put("empty subject", sign(RSA, reader().subject(" ")));
    bad.put("endless subject", sign(RSA, reader().subject("s".repeat(256))));
    bad.put("another type", sign(RSA, RSA.getKeyID(), "logout+jwt", reader()));
    bad.put("not allowed", sign(RSA, header(JWSAlgorithm.RS512).build(), reader()));
    bad.put("a key that it brings", sign(otherRsa, brought(otherRsa), reader()));
    bad.put(
        "a header that must be understood",
        sign(
            RSA,
            header(JWSAlgorithm.RS256)
                .criticalParams(Set.of("weir"))
                .customParam("weir", 1)
                .build(),
            reader()));
    bad.put("no signature", parts[0] + "." + parts[1] + ".");
    bad.put("half a signature", right.substring(0, right.length() - 40));
    bad.put("none", encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".");
    bad.put("nOnE", encoded("{\"alg\":\"nOnE\",\"kid\":\"rsa-1\"}") + "." + parts[1] + ".AA");
    bad.put("other claims", parts[0] + "." + encoded(reader().subject("x")) + "." + parts[2]);
    bad.put("HMAC with the public key", hmac(RSA));
    bad.put("encrypted", "a.b.c.d.e");
    bad.put("deep", encoded("{\"a\":" + "[".repeat(5_000)) + ".e30.AA");
    bad.put("dots", "..");
    bad.put("zero signature", zeroes());

    bad.forEach((why, token) -> {
      HttpResponse<String> answer = with(token);
      assertThat(answer.statusCode()).as(why).isEqualTo(401);
      assertThat(answer.body()).as(why).isEqualTo(DOORS.get("/shop/orders").body());
    });
    assertThat(with(right).statusCode()).isEqualTo(200);
  }

  /** Random numbers of zero passed as a signature in some libraries. */
  private static String zeroes() {
    String token = sign(EC, reader());
    return token.substring(0, token.lastIndexOf('.') + 1) + Base64URL.encode(new byte[64]);
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).keyID(RSA.getKeyID());
  }

  private static JWSHeader brought(RSAKey key) {
    return header(JWSAlgorithm.RS256)
        .jwk(key.toPublicJWK())
        .jwkURL(URI.create("http://evil.example/keys"))
        .build();
  }

  private static String hmac(RSAKey key) throws Exception {
    var token = new SignedJWT(header(JWSAlgorithm.HS256).build(), reader().build());
    token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    return token.serialize();
  }

  private static String encoded(JWTClaimsSet.Builder claims) {
    return encoded(claims.build().toString());
  }

  private static String encoded(String json) {
    return Base64URL.encode(json).toString();
  }

  @Test
  void clocks_mayBeAMinuteApart() {
    Instant now = Instant.now();

    assertThat(
            with(sign(RSA, reader().expirationTime(Date.from(now.minusSeconds(30))))).statusCode())
        .isEqualTo(200);
    assertThat(with(sign(RSA, reader().notBeforeTime(Date.from(now.plusSeconds(30))))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void brokenTokens_areNoDefects() {
    var random = new Random(72);
    String right = sign(RSA, reader());
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder(right);
      for (int j = random.nextInt(3); j >= 0; j--) {
        int at = random.nextInt(right.length());
        text.setCharAt(at, (char) ('!' + random.nextInt(94)));
      }
      // The last sign of a signature has bits that nobody reads.
      assertThat(with(text.toString()).statusCode()).as(text.toString()).isIn(200, 401);
    }
    assertThat(with("a".repeat(4_000) + ".b.c").statusCode()).isEqualTo(401);
  }

  @Test
  void tokenWithAKeyThatIsOnItsWay_waitsForIt() {
    try (TokenIssuer issuer = TokenIssuer.start()) {
      issuer.gate = new CountDownLatch(1);
      try (Doors doors = doors(issuer)) {
        String token = sign(RSA, issuer.claims("weir-reader"));
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
            .execute(issuer.gate::countDown);

        assertThat(with(doors, token, "/shop/orders").statusCode()).isEqualTo(200);
        assertThat(issuer.asked.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void newKeys_areNotFetchedAtEachToken() {
    try (TokenIssuer issuer = TokenIssuer.start();
        Doors doors = doors(issuer)) {
      assertThat(with(doors, sign(RSA, issuer.claims("weir-reader")), "/shop/orders").statusCode())
          .isEqualTo(200);
      int before = issuer.asked.get();
      ECKey next = TokenIssuer.ec("ec-2");
      issuer.keys = TokenIssuer.set(next);

      for (int i = 0; i < 5; i++) {
        String token = sign(next, issuer.claims("weir-reader"));
        // The first keys are a moment old: a minute must pass before the next ones are fetched.
        assertThat(with(doors, token, "/shop/orders").statusCode()).isEqualTo(401);
      }
      assertThat(issuer.asked.get()).isEqualTo(before).isEqualTo(1);
    }
  }

  @Test
  void providerThatIsDown_stopsNobodyWhoIsKnown() {
    try (TokenIssuer issuer = TokenIssuer.start();
        Doors doors = doors(issuer)) {
      String token = sign(EC, issuer.claims("weir-reader"));
      assertThat(with(doors, token, "/shop/orders").statusCode()).isEqualTo(200);

      issuer.stop();

      assertThat(with(doors, token, "/shop/orders").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void providerThatNeverAnswered_letsNobodyIn_andKeysGoOn() {
    try (TokenIssuer issuer = TokenIssuer.start()) {
      issuer.keys = "";
      try (Doors doors = doors(issuer)) {
        HttpResponse<String> answer =
            with(doors, sign(EC, issuer.claims("weir-reader")), "/shop/orders");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(with(doors, "a.b.c", "/shop/orders").statusCode()).isEqualTo(401);
        assertThat(doors.as("reader", "/shop/orders").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void descriptionOfAnotherIssuer_isNotBelieved() {
    try (TokenIssuer issuer = TokenIssuer.start()) {
      issuer.discovery = issuer.discovery.replace("\"issuer\":\"", "\"issuer\":\"http://evil");
      try (Doors doors = doors(issuer)) {
        assertThat(with(doors, sign(EC, issuer.claims("weir-reader")), "/shop/orders").statusCode())
            .isEqualTo(503);
        assertThat(issuer.asked.get()).isZero();
      }
    }
  }

  @Test
  void shortRsaKeys_andEndlessAnswers_areNotTaken() {
    RSAKey weak = TokenIssuer.rsa("weak", 1_024);
    try (TokenIssuer issuer = TokenIssuer.start()) {
      issuer.keys = TokenIssuer.set(weak);
      try (Doors doors = doors(issuer)) {
        assertThat(with(doors, "a.b.c", "/shop/orders").statusCode()).isEqualTo(401);
        String token = sign(EC, issuer.claims("weir-reader"));
        assertThat(with(doors, token, "/shop/orders").statusCode()).isEqualTo(503);
      }
      issuer.keys = TokenIssuer.set(EC) + " ".repeat(300_000);
      try (Doors doors = doors(issuer)) {
        String token = sign(EC, issuer.claims("weir-reader"));
        assertThat(with(doors, token, "/shop/orders").statusCode()).isEqualTo(503);
      }
    }
  }

  @Test
  void rolesMayLieDeeper_andHaveOtherNames() {
    try (TokenIssuer issuer = TokenIssuer.start();
        Doors doors =
            doors(
                issuer,
                "WEIR_HTTP_OIDC_ROLES_CLAIM",
                "realm_access.roles",
                "WEIR_HTTP_OIDC_ROLES",
                "staff=reader, boss=operator",
                "WEIR_HTTP_OIDC_KEYS_URL",
                issuer.address() + "/keys",
                "WEIR_HTTP_OIDC_ALGORITHMS",
                "ES256")) {
      JWTClaimsSet.Builder claims =
          issuer.claims("boss").claim("realm_access", Map.of("roles", List.of("staff", 7)));

      assertThat(with(doors, sign(EC, claims), "/shop/orders").statusCode()).isEqualTo(200);
      assertThat(with(doors, sign(EC, claims), "/metrics").statusCode()).isEqualTo(403);
      assertThat(with(doors, sign(RSA, claims), "/shop/orders").statusCode()).isEqualTo(401);
    }
  }
}
