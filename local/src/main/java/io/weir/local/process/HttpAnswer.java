package io.weir.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The answer of a service on this machine to a GET request. {@code java.net.http} would start
 * threads and read certificates first, which takes longer than the answer.
 */
public record HttpAnswer(int status, String body) {

  public static HttpAnswer of(URI address, Duration patience) throws IOException {
    var connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout((int) patience.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    try {
      int status = connection.getResponseCode();
      return new HttpAnswer(status, text(connection, status));
    } finally {
      connection.disconnect();
    }
  }

  private static String text(HttpURLConnection connection, int status) throws IOException {
    boolean isError = status >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream in = isError ? connection.getErrorStream() : connection.getInputStream()) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
