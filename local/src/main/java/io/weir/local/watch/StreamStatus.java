package io.weir.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;

/** The status of stream-app, as {@code /v1/status} reports it. */
public record StreamStatus(
    long received,
    long accepted,
    long duplicate,
    long rejected,
    long rekeyed,
    long late,
    long lag,
    boolean settled) {

  /** Reads the status of the stream-app at an address. */
  public static final class Reader {
    private final HttpJson http = new HttpJson();
    private final URI address;

    public Reader(String service) {
      this.address = URI.create(service + "/v1/status");
    }

    public StreamStatus read() throws IOException, InterruptedException {
      return of(http.get(address));
    }
  }

  static StreamStatus of(JsonNode json) {
    return new StreamStatus(
        json.path("received").asLong(),
        json.path("accepted").asLong(),
        json.path("duplicate").asLong(),
        json.path("rejected").asLong(),
        json.path("rekeyed").asLong(),
        json.path("late").asLong(),
        json.path("lag").asLong(),
        json.path("settled").asBoolean());
  }
}
