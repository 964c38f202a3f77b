package io.weir.tools.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends a signed call, and says why the receiver did not take it. */
final class Webhook implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SUCCESS = 2;
  private static final int CLASS = 100;
  private static final String ALGORITHM = "HmacSHA256";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;
  private final String secret;
  private final Clock clock;
  private final Duration patience;

  Webhook(URI url, String secret, Clock clock) {
    this(url, secret, clock, PATIENCE);
  }

  /** The whole answer must be there before the patience is over, its body too. */
  Webhook(URI url, String secret, Clock clock, Duration patience) {
    this.url = url;
    this.secret = secret;
    this.clock = clock;
    this.patience = patience;
  }

  /** Sends the body; empty if the receiver answered with 2xx, else what went wrong. */
  Optional<String> send(String key, String body) throws InterruptedException {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .header("Weir-Timestamp", timestamp)
            .header("Weir-Signature", "v1=" + signature(secret, timestamp, body))
            .POST(BodyPublishers.ofString(body))
            .build();
    // The timeout of a request ends with the headers of the answer, so the wait has its own.
    CompletableFuture<HttpResponse<Void>> sent =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      int status = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status / CLASS == SUCCESS ? Optional.empty() : Optional.of("status " + status);
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      return Optional.of("no complete answer within " + patience.toSeconds() + " seconds");
    } finally {
      sent.cancel(true);
    }
  }

  /** The HMAC over the timestamp, a point and the body, in hexadecimal digits. */
  static String signature(String secret, String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
