package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineSessionsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int EVENTS = 30_000;

  /** The robot has more events than the service keeps of a visitor. A run over a file keeps all. */
  @Test
  void eventsOfABusyRobot_areAllInItsSessions(@TempDir Path folder) throws IOException {
    Path events = folder.resolve("events.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(events)) {
      for (int i = 0; i < EVENTS; i++) {
        out.write(click(i));
        out.newLine();
      }
    }
    Path sessions = folder.resolve("sessions.avro");

    int code = OfflineSessions.run(events, sessions, Optional.empty());

    assertThat(code).isZero();
    assertThat(read(sessions).stream().mapToInt(Session::getEvents).sum()).isEqualTo(EVENTS);
  }

  @Test
  void acceptedEvents_areWrittenOnce(@TempDir Path folder) throws IOException {
    Path events = folder.resolve("events.jsonl");
    Files.write(events, List.of(click(1), click(2), click(1), "{}"));
    Path accepted = folder.resolve("accepted.avro");

    int code = OfflineSessions.run(events, folder.resolve("sessions.avro"), Optional.of(accepted));

    assertThat(code).isZero();
    var _ = AvroSerde.session();
    var ids = new ArrayList<String>();
    try (var reader =
        new DataFileReader<>(accepted.toFile(), new SpecificDatumReader<>(EnrichedEvent.class))) {
      reader.forEach(event -> ids.add(event.getEventId()));
    }
    assertThat(ids).containsExactly("e1", "e2");
  }

  private static String click(int number) {
    return """
    {"event_id":"e%d","event_type":"page_view","event_time":"%s","anonymous_id":"robot",\
    "url":"https://shop.example/%d/%s"}\
    """
        .formatted(number, NOON.plus(Duration.ofSeconds(2L * number)), number, "p".repeat(400));
  }

  private static List<Session> read(Path file) throws IOException {
    // Loading it makes Avro trust the contract's classes.
    var _ = AvroSerde.session();
    var found = new ArrayList<Session>();
    try (var reader =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(Session.class))) {
      reader.forEach(found::add);
    }
    return found;
  }
}
