package io.weir.http;

import static io.weir.http.TokenDoors.doors;
import static io.weir.http.TokenDoors.with;
import static io.weir.http.oidc.TokenIssuer.EC;
import static io.weir.http.oidc.TokenIssuer.RSA;
import static io.weir.http.oidc.TokenIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.weir.http.oidc.TokenIssuer;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The keys by which tokens are judged: when they are read, and what of them is not taken. */
class ProviderKeysTest {
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
}
