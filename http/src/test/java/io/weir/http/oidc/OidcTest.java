package io.weir.http.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.access.OidcSettings;
import io.weir.process.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OidcTest {
  private final AtomicLong now = new AtomicLong();
  private final TokenIssuer issuer = TokenIssuer.start();
  private final Oidc oidc = new Oidc(settings(), now::get, Duration.ofMillis(5));

  private Optional<OidcSettings> settings() {
    return OidcSettings.from(
        Settings.of(
            Map.of("WEIR_HTTP_OIDC_ISSUER", issuer.address(), "WEIR_HTTP_OIDC_AUDIENCE", "weir")));
  }

  @AfterEach
  void stop() {
    oidc.close();
    issuer.close();
  }

  private String token() {
    return TokenIssuer.sign(TokenIssuer.RSA, issuer.claims("weir-reader"));
  }

  /** Waits until the provider was asked so often, and the last answer was taken. */
  private void awaitReading(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (issuer.asked.get() < count && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(issuer.asked.get()).isEqualTo(count);
    oidc.read().join();
  }

  @Test
  void withdrawnKey_isForgotten_thoughNobodyShowsATokenMeanwhile() throws Exception {
    oidc.begin();
    awaitReading(1);
    assertThat(oidc.owner(token())).isPresent();

    issuer.keys = TokenIssuer.set(TokenIssuer.EC);
    now.addAndGet(TimeUnit.MINUTES.toNanos(15));
    awaitReading(2);

    assertThat(oidc.owner(token())).isEmpty();
  }

  @Test
  void providerThatWasDownAtTheStart_isAskedAgain() throws Exception {
    issuer.keys = "";
    oidc.begin();
    awaitReading(1);
    assertThat(oidc.isBlind(token())).isTrue();

    issuer.keys = TokenIssuer.set(TokenIssuer.RSA);
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    awaitReading(2);

    assertThat(oidc.owner(token())).isPresent();
  }
}
