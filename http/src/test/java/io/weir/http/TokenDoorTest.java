package io.weir.http;

import static io.weir.http.TokenDoors.doors;
import static io.weir.http.oidc.TokenIssuer.EC;
import static io.weir.http.oidc.TokenIssuer.RSA;
import static io.weir.http.oidc.TokenIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers with tokens of a provider, right ones and forged ones. */
class TokenDoorTest {
  private static final TokenIssuer ISSUER = TokenIssuer.start();
  private static final Doors DOORS = doors(ISSUER);

  @AfterAll
  static void stop() {
    DOORS.close();
    ISSUER.close();
  }

  private static HttpResponse<String> with(String token) {
    return TokenDoors.with(DOORS, token, "/shop/orders");
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
    HttpResponse<String> answer =
        TokenDoors.with(DOORS, sign(RSA, ISSUER.claims("something", role)), path);

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
  void strongestRole_counts() {
    String token = sign(RSA, ISSUER.claims("weir-collector", "weir-reader", "weir-operator"));

    assertThat(TokenDoors.with(DOORS, token, "/metrics").statusCode()).isEqualTo(200);
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

  /** A claim that is there and says nothing. JWTClaimsSet would not write it. */
  @ParameterizedTest
  @ValueSource(strings = {"exp", "sub", "aud", "iss"})
  void claimsOfNull_areMissing(String name) throws Exception {
    var claims = new LinkedHashMap<String, Object>(reader().build().toJSONObject());
    claims.put(name, null);
    var token =
        new JWSObject(
            header(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build(),
            new Payload(JSONObjectUtils.toJSONString(claims)));
    token.sign(new RSASSASigner(RSA));

    assertThat(token.getPayload().toString()).contains("\"" + name + "\":null");
    assertThat(with(token.serialize()).statusCode()).isEqualTo(401);
    assertThat(with(sign(RSA, reader())).statusCode()).isEqualTo(200);
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

      assertThat(TokenDoors.with(doors, sign(EC, claims), "/shop/orders").statusCode())
          .isEqualTo(200);
      assertThat(TokenDoors.with(doors, sign(EC, claims), "/metrics").statusCode()).isEqualTo(403);
      assertThat(TokenDoors.with(doors, sign(RSA, claims), "/shop/orders").statusCode())
          .isEqualTo(401);
    }
  }
}
