package io.weir.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A whole answer over HTTP, within a time and a size. The timeout of a request itself ends with the
 * headers of the answer, so a peer that stops in the middle of a body would never be given up.
 */
public final class WholeAnswer {
  private WholeAnswer() {}

  /**
   * Sends a request and waits for the answer with its body.
   *
   * @param within for the connection, the headers and the body together
   * @param mostBytes of the body; more is a failure
   * @throws HttpTimeoutException if the answer is not whole in time
   */
  public static HttpResponse<String> of(
      HttpClient client, HttpRequest request, Duration within, long mostBytes)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), mostBytes));
    try {
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("no whole answer within " + within.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
    } finally {
      // Ends the exchange of an answer that nobody waits for, and with it the connection.
      answer.cancel(true);
    }
  }
}
