package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.Session;
import io.weir.stream.enrich.EnricherChain;
import io.weir.stream.processor.StepNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path stateDir;
  private RunningTopology running;
  private int events;

  @BeforeEach
  void start() {
    running = new RunningTopology(stateDir, NOON, EnricherChain.standard());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void event(String type, String ids, Instant time) {
    String json =
        """
        {"event_id":"e%d","event_type":"%s","event_time":"%s",%s}\
        """
            .formatted(events++, type, time, ids);
    String key = ids.replaceAll("^\"\\w+\":\"(\\w+)\".*", "$1");
    running.raw.pipeInput(key.getBytes(UTF_8), json.getBytes(UTF_8));
  }

  @Test
  void firstEventWithAUser_saysWhoTheVisitorIs() {
    event("page_view", "\"anonymous_id\":\"cookie\"", NOON.minusSeconds(60));
    event("identify", "\"anonymous_id\":\"cookie\",\"user_id\":\"ann\"", NOON);
    event("page_view", "\"anonymous_id\":\"cookie\",\"user_id\":\"ann\"", NOON);

    assertThat(running.records(running.topics.identities(), AvroSerde.identity()))
        .containsExactly(
            KeyValue.pair("cookie", new Identity("cookie", "ann", NOON.toEpochMilli())));
  }

  @Test
  void anotherUserLater_replacesTheFirst() {
    event("page_view", "\"anonymous_id\":\"cookie\",\"user_id\":\"ann\"", NOON.minusSeconds(60));
    event("page_view", "\"anonymous_id\":\"cookie\",\"user_id\":\"bob\"", NOON);
    event("page_view", "\"anonymous_id\":\"cookie\",\"user_id\":\"ann\"", NOON.minusSeconds(30));

    assertThat(running.values(running.topics.identities(), AvroSerde.identity()))
        .extracting(Identity::getUserId)
        .containsExactly("ann", "bob");
  }

  @Test
  void visitorWithoutAnAnonymousId_isTheUserAlready() {
    event("page_view", "\"user_id\":\"ann\"", NOON);

    assertThat(running.values(running.topics.identities(), AvroSerde.identity())).isEmpty();
  }

  @Test
  void login_startsNoNewSession() {
    event("page_view", "\"anonymous_id\":\"cookie\"", NOON.minusSeconds(60));
    event("identify", "\"anonymous_id\":\"cookie\",\"user_id\":\"ann\"", NOON.minusSeconds(30));
    event("page_view", "\"anonymous_id\":\"cookie\",\"user_id\":\"ann\"", NOON);
    running.driver.advanceWallClockTime(Duration.ofHours(1));

    assertThat(running.values(running.topics.sessions(), AvroSerde.session()))
        .singleElement()
        .satisfies(session -> {
          assertThat(session.getVisitorId()).isEqualTo("cookie");
          assertThat(session.getUserId()).isEqualTo("ann");
        })
        .extracting(Session::getEvents)
        .isEqualTo(3);
  }

  @Test
  void erasedVisitor_isForgotten() {
    event("page_view", "\"anonymous_id\":\"cookie\",\"user_id\":\"ann\"", NOON);
    event("page_view", "\"anonymous_id\":\"other\"", NOON);
    erase("cookie");
    running.driver.advanceWallClockTime(Duration.ofHours(1));

    assertThat(running.values(running.topics.sessions(), AvroSerde.session()))
        .extracting(Session::getVisitorId)
        .containsExactly("other");
    assertThat(running.records(running.topics.identities(), AvroSerde.identity()))
        .last()
        .isEqualTo(KeyValue.pair("cookie", null));
  }

  @Test
  void erasedVisitor_leavesNeitherTimersNorRecentSessions() {
    event("page_view", "\"anonymous_id\":\"cookie\"", NOON.minusSeconds(86_400));
    event("page_view", "\"anonymous_id\":\"other\"", NOON);
    running.driver.advanceWallClockTime(Duration.ofHours(1));
    event("page_view", "\"anonymous_id\":\"cookie\"", NOON);
    assertThat(timers()).anyMatch(key -> key.contains("cookie"));
    assertThat(recent()).contains("cookie", "other");

    erase("cookie");

    assertThat(timers()).noneMatch(key -> key.contains("cookie")).isNotEmpty();
    assertThat(recent()).containsOnly("other");
    event("page_view", "\"anonymous_id\":\"cookie\"", NOON);
    assertThat(timers()).anyMatch(key -> key.contains("cookie"));
  }

  private void erase(String visitor) {
    running
        .driver
        .createInputTopic(
            running.topics.erasures().name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(visitor.getBytes(UTF_8), new byte[0]);
  }

  private List<String> recent() {
    return running.progress.recentSessions().newest(10).stream()
        .map(Session::getVisitorId)
        .toList();
  }

  private List<String> timers() {
    var keys = new ArrayList<String>();
    KeyValueStore<Bytes, byte[]> store = running.driver.getKeyValueStore(StepNames.TIMERS);
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(new String(entry.key.get(), UTF_8)));
    }
    return keys;
  }
}
