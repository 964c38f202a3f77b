package io.weir.stream.session;

import static io.weir.stream.session.Events.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.ingest.Checked;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.EventValidator;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.session.visitor.VisitorState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded traffic arrives in ten random orders, each event late by less than the allowed lateness.
 * The sessions that remain are the same, byte for byte, and as many as are expected. Skipped if the
 * recordings are missing.
 */
class RealTrafficAnyOrderTest {
  private static final int ORDERS = 10;
  private static final AvroSerde<Session> SERDE = AvroSerde.session();
  private static final Duration ANY = Duration.ofDays(36_500);
  private static final long LATENESS = RULES.allowedLateness().toMillis();
  private static final long SWEEP = Duration.ofHours(6).toMillis();
  private static final long END = Duration.ofDays(365).toMillis();

  @ParameterizedTest
  @CsvSource({"wikimedia_readers_2014-01, 63524, 22224", "apache_combined_2015-05, 9999, 3223"})
  void finalSessions_areTheSameInTenRandomOrders(String name, int events, int sessions)
      throws IOException {
    List<EnrichedEvent> recorded = events(file("events/" + name + ".jsonl.gz"));
    assertThat(recorded).hasSize(events);
    var inOrder = new ArrayList<>(recorded);
    inOrder.sort(Comparator.comparingLong(EnrichedEvent::getEventTime));
    Map<String, ByteBuffer> expected = sessions(inOrder, new Random(0));
    assertThat(expected).hasSize(sessions);

    for (int order = 1; order <= ORDERS; order++) {
      var random = new Random(order);
      List<EnrichedEvent> arrivals = late(recorded, random);

      assertThat(arrivals).isNotEqualTo(inOrder);
      assertThat(sessions(arrivals, random).equals(expected)).as("order " + order).isTrue();
    }
  }

  private static List<EnrichedEvent> late(List<EnrichedEvent> recorded, Random random) {
    var arrivalTimes = new IdentityHashMap<EnrichedEvent, Long>();
    recorded.forEach(e -> arrivalTimes.put(e, e.getEventTime() + random.nextLong(LATENESS)));
    var arrivals = new ArrayList<>(recorded);
    arrivals.sort(Comparator.comparingLong(arrivalTimes::get));
    return arrivals;
  }

  /** The bytes of all sessions that remain, by key. */
  private static Map<String, ByteBuffer> sessions(List<EnrichedEvent> arrivals, Random random) {
    var run = new Run(random);
    arrivals.forEach(run::arrive);
    run.sweep(run.watermark + END);
    var bytes = new TreeMap<String, ByteBuffer>();
    run.live.forEach((key, session) -> {
      if (!session.getIsRetracted()) {
        // These two depend on the order of arrival.
        session.setRevision(0);
        session.setLateEvents(0);
        bytes.put(key, ByteBuffer.wrap(Objects.requireNonNull(SERDE.serialize("", session))));
      }
    });
    return bytes;
  }

  /** One partition: visitors, their watermark, and what a consumer of its sessions has. */
  private static final class Run {
    private final Sessionizer sessionizer = new Sessionizer(RULES);
    private final Map<String, VisitorState> visitors = new HashMap<>();
    private final Map<String, Session> live = new HashMap<>();
    private final Random random;
    private long watermark = Watermark.NONE;
    private long nextSweep = Watermark.NONE;

    private Run(Random random) {
      this.random = random;
    }

    private void arrive(EnrichedEvent event) {
      String visitor = event.getVisitorId();
      VisitorState state = visitors.computeIfAbsent(visitor, _ -> new VisitorState());
      if (sessionizer.accept(state, event, watermark) != Acceptance.IN_SESSION) {
        throw new AssertionError("not taken: " + event);
      }
      arm(state, Math.min(state.timer(), sessionizer.dueAfter(event.getEventTime())));
      watermark = Math.max(watermark, event.getEventTime());
      if (random.nextInt(3) == 0) {
        settle(visitor, state, watermark);
      }
      if (watermark >= nextSweep) {
        sweep(watermark);
        nextSweep = watermark + SWEEP;
      }
    }

    /** Settles the visitors that are due. */
    private void sweep(long at) {
      visitors.entrySet().stream()
          .filter(visitor -> visitor.getValue().timer() <= at)
          .toList()
          .forEach(visitor -> settle(visitor.getKey(), visitor.getValue(), at));
    }

    private void settle(String visitor, VisitorState state, long at) {
      long next = sessionizer.settle(visitor, state, at, session -> take(session));
      if (next == Sessionizer.NOTHING_LEFT) {
        visitors.remove(visitor);
      } else {
        arm(state, next);
      }
    }

    private static void arm(VisitorState state, long watermark) {
      state.setTimers(watermark, VisitorState.NO_TIMER);
    }

    private void take(Session session) {
      Session before = live.put(session.getSessionKey(), session);
      if (before != null && session.getRevision() <= before.getRevision()) {
        throw new AssertionError(session + " after " + before);
      }
    }
  }

  private static List<EnrichedEvent> events(Path file) throws IOException {
    var validator = new EventValidator(new TimeRules(ANY, ANY), EventRules.any());
    EnricherChain enricher = EnricherChain.standard();
    long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    var events = new ArrayList<EnrichedEvent>();
    try (InputStream bytes = Files.newInputStream(file);
        var text = new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.UTF_8);
        var lines = new BufferedReader(text)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (validator.check(line.getBytes(StandardCharsets.UTF_8), now)
            instanceof Checked.Accepted(EnrichedEvent event)) {
          enricher.enrich(event);
          events.add(event);
        }
      }
    }
    return events;
  }

  /**
   * A file in the folder that WEIR_TEST_DATA names, else in {@code shared/data} beside the
   * checkout.
   */
  private static Path file(String name) {
    String named = System.getenv("WEIR_TEST_DATA");
    Path checkout = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    Path folder = named != null ? Path.of(named) : checkout.resolveSibling("shared/data");
    if (!Files.isRegularFile(folder.resolve(name))) {
      String reason = "skipped: " + folder.resolve(name) + " is missing; set WEIR_TEST_DATA";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    return folder.resolve(name);
  }
}
