package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.Session;
import io.weir.stream.enrich.EnricherChain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
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
    running
        .driver
        .createInputTopic(
            running.topics.erasures().name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput("cookie".getBytes(UTF_8), new byte[0]);
    running.driver.advanceWallClockTime(Duration.ofHours(1));

    assertThat(running.values(running.topics.sessions(), AvroSerde.session()))
        .extracting(Session::getVisitorId)
        .containsExactly("other");
    assertThat(running.records(running.topics.identities(), AvroSerde.identity()))
        .last()
        .isEqualTo(KeyValue.pair("cookie", null));
  }
}
