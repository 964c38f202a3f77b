package io.weir.local.truth;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.local.compare.SessionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simulator's ground truth: the records that it sent, and their sessions. */
public record Truth(
    long produced,
    long distinctValid,
    long duplicates,
    long malformed,
    long internal,
    long closing,
    List<SessionRow> sessions) {

  public static Truth read(Path file) throws IOException {
    var json = new ObjectMapper();
    JsonNode summary = json.createObjectNode();
    var sessions = new ArrayList<SessionRow>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = json.readTree(line);
      switch (node.path("kind").asText()) {
        case "summary" -> summary = node;
        case "session" -> sessions.add(session(node));
        default -> {}
      }
    }
    return new Truth(
        summary.path("produced").asLong(),
        summary.path("distinct_valid").asLong(),
        summary.path("duplicates").asLong(),
        summary.path("malformed").asLong(),
        summary.path("internal").asLong(),
        summary.path("closing").asLong(),
        sessions);
  }

  private static SessionRow session(JsonNode node) {
    return new SessionRow(
        node.path("visitor").asText(),
        node.path("start").asLong(),
        node.path("end").asLong(),
        Map.ofEntries(
            entry("events", node.path("events").asText()),
            entry("page_views", node.path("page_views").asText()),
            entry("product_views", node.path("product_views").asText()),
            entry("add_to_cart", node.path("add_to_carts").asText()),
            entry("purchases", node.path("purchases").asText()),
            entry("converted", node.path("converted").asText()),
            entry("engaged_ms", node.path("engaged_ms").asText()),
            entry("engaged", node.path("engaged").asText()),
            entry("single_view_bounce", node.path("single_view_bounce").asText()),
            entry("funnel_step", node.path("funnel_step").asText()),
            entry("matched_clicks", node.path("matched_clicks").asText())));
  }
}
