package io.weir.model.mlflow;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests. A call ends after a limited time and with an answer of a limited size. */
final class MlflowCalls implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Duration patience;
  private final long largest;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  MlflowCalls(Duration patience, long largest) {
    this.patience = patience;
    this.largest = largest;
  }

  /** The whole answer. A timeout of the request itself would end with the headers. */
  HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, _ -> new LimitedBody(largest));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException(
          "no whole answer to " + request.method() + " within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException _) {
      throw interrupted();
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException failure(ExecutionException e) {
    return e.getCause() instanceof IOException known ? known : new IOException(e);
  }

  /** Waits before a call is repeated. */
  static void pause(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while MLflow was asked");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
