package io.weir.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.local.process.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Fetches JSON documents of the services. */
final class HttpJson {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  JsonNode get(URI address) throws IOException, InterruptedException {
    HttpAnswer answer = HttpAnswer.of(address, PATIENCE);
    if (answer.status() != 200) {
      throw new IOException(address + " answers " + answer.status() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
