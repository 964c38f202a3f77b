package io.weir.ingest.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import io.weir.process.StartupException;
import io.weir.process.Stop;
import io.weir.process.tls.PeerTrust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a schema registry over HTTP. An answer is bounded in size and time, and ends with a stop.
 */
final class RegistryClient implements AutoCloseable {
  private static final int MOST_BYTES = 4 << 20;
  private static final int TRIES = 12;
  private static final long SLICE_MILLIS = 50;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final RegistryAddress address;
  private final Patience patience;
  private final Stop stop;
  private final HttpClient http;

  /**
   * The times after which a question is given up.
   *
   * @param answer for one answer with its body
   * @param total for one schema with all that it refers to
   * @param between one try and the next
   */
  record Patience(Duration answer, Duration total, Duration between) {
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(1));
  }

  /** An answer. Only that of a success has a body. */
  record Answer(int status, String body) {}

  RegistryClient(RegistryAddress address, PeerTrust trust, Patience patience, Stop stop) {
    this.address = address;
    this.patience = patience;
    this.stop = stop;
    this.http =
        trust
            .client()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** The time, on the clock for durations, at which a question that begins now is given up. */
  long end() {
    return System.nanoTime() + patience.total.toNanos();
  }

  /** Waits as long as between one try and the next, or until a stop. */
  void pause() {
    stop.pause(patience.between.toMillis());
  }

  /** Asks until there is an answer that is not about the registry's own trouble. */
  Answer ask(String path, long end) throws Skip {
    HttpRequest request = request(path);
    String trouble = "it takes more than " + patience.total.toSeconds() + " s";
    for (int tried = 0; tried < TRIES && System.nanoTime() - end < 0; tried++) {
      try {
        Answer answer = answer(request, end);
        if (!isTrouble(answer.status)) {
          return answer;
        }
        trouble = "it answers " + answer.status;
      } catch (IOException e) {
        trouble = trouble(e);
      }
      pause();
    }
    if (stop.isRequested()) {
      throw new StoppedException(address.url());
    }
    throw unusable(
        "does not help ("
            + trouble
            + "); check WEIR_INGEST_REGISTRY_URL. The next run goes on where this one ended",
        null);
  }

  /** Whether the same question may have another answer later: timeouts, limits, defects. */
  private static boolean isTrouble(int status) {
    return status >= 500 || status == 408 || status == 429;
  }

  private static String trouble(IOException e) {
    if (PeerTrust.isDistrust(e)) {
      return "its certificate is not trusted: see WEIR_HTTP_TLS_TRUST_FILE";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Waits in short slices. A timeout of the request itself would end with the headers. */
  private Answer answer(HttpRequest request, long end) throws IOException, Skip {
    var body = new Body();
    CompletableFuture<HttpResponse<Void>> coming =
        http.sendAsync(
            request,
            info ->
                info.statusCode() / 100 == 2
                    ? BodySubscribers.ofByteArrayConsumer(body)
                    : BodySubscribers.discarding());
    long most = Math.min(patience.answer.toNanos(), end - System.nanoTime());
    long begun = System.nanoTime();
    try {
      while (!stop.isRequested()) {
        Optional<Integer> status = status(coming);
        if (body.isTooLong) {
          throw new Skip(Reason.NO_SCHEMA, "a schema of more than " + MOST_BYTES + " bytes");
        }
        if (status.isPresent()) {
          return new Answer(status.get(), body.text());
        }
        if (System.nanoTime() - begun > most) {
          throw new HttpTimeoutException(
              "no whole answer within " + Duration.ofNanos(most).toMillis() + " ms");
        }
      }
      throw new StoppedException(address.url());
    } finally {
      coming.cancel(true);
    }
  }

  /** The status once the answer is whole; empty if it is not at the end of a slice. */
  private Optional<Integer> status(CompletableFuture<HttpResponse<Void>> coming)
      throws IOException {
    try {
      return Optional.of(coming.get(SLICE_MILLIS, TimeUnit.MILLISECONDS).statusCode());
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stop.request();
      return Optional.empty();
    }
  }

  /** Collects the body of an answer. What is above the limit is not kept. */
  private static final class Body implements Consumer<Optional<byte[]>> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile boolean isTooLong;

    @Override
    public void accept(Optional<byte[]> part) {
      isTooLong = isTooLong || bytes.size() + part.map(b -> b.length).orElse(0) > MOST_BYTES;
      if (!isTooLong) {
        part.ifPresent(bytes::writeBytes);
      }
    }

    private String text() {
      return bytes.toString(UTF_8);
    }
  }

  private HttpRequest request(String path) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address.url() + path))
              .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
      address.authorization().ifPresent(value -> request.header("Authorization", value));
      return request.build();
    } catch (IllegalArgumentException e) {
      throw unusable("has no usable address; check WEIR_INGEST_REGISTRY_URL", e);
    }
  }

  /** The message for the operator that the registry cannot be used as it is configured. */
  StartupException unusable(String why, @Nullable Exception e) {
    String message = "the schema registry at " + address + " " + why;
    return e == null ? new StartupException(message) : new StartupException(message, e);
  }

  /** Does not wait for answers that are still to come. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
