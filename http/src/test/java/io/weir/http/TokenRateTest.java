package io.weir.http;

import static io.weir.http.TokenDoors.doors;
import static io.weir.http.TokenDoors.with;
import static io.weir.http.oidc.TokenIssuer.RSA;
import static io.weir.http.oidc.TokenIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.weir.http.oidc.TokenIssuer;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Forged tokens are counted before their signatures are looked at. */
class TokenRateTest {
  private static final TokenIssuer ISSUER = TokenIssuer.start();

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  private static JWTClaimsSet.Builder reader() {
    return ISSUER.claims("weir-reader");
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
}
