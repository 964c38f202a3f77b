package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.weir.contract.Topic;
import io.weir.http.JsonLines;
import io.weir.process.trace.Tracing;
import io.weir.testkit.CapturedLog;
import io.weir.testkit.TestEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A trace goes with an event, and from there with the next revision of its session. */
class TracedTopologyTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final Logger LOG = LoggerFactory.getLogger(TracedTopologyTest.class);

  @TempDir Path stateDir = Path.of("");

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private RunningTopology running;

  @BeforeEach
  void start() {
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    running =
        new RunningTopology(
            stateDir, NOON, _ -> speak(), 1 << 20, Tracing.of(Double.MIN_VALUE, sdk));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void followedEvent_leadsToItsSession() {
    view("ann-at-home", "event-one", traceparent("01"));
    view("other", "e2", new RecordHeaders());
    assertThat(headers(running.topics.events())).hasSize(2).first().satisfies(this::isOfTrace);

    running.driver.advanceWallClockTime(Duration.ofHours(1));

    List<Headers> sessions = headers(running.topics.sessions());
    assertThat(sessions).hasSize(2);
    assertThat(sessions).filteredOn(each -> each.lastHeader("traceparent") != null).hasSize(1);
    assertThat(spans.getFinishedSpanItems())
        .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(TRACE))
        .extracting(SpanData::getName)
        .containsExactly("accept event", "settle session");
    assertThat(spans.getFinishedSpanItems().get(1).getParentSpanId())
        .isEqualTo(spans.getFinishedSpanItems().get(0).getSpanId());
    assertThat(spans.getFinishedSpanItems().toString())
        .as("nothing of the visitor")
        .doesNotContain("ann-at-home", "event-one");
  }

  @Test
  void forgottenVisitor_leavesNoTraceBehind() {
    view("ann-at-home", "event-one", traceparent("01"));
    running
        .driver
        .createInputTopic(
            running.topics.erasures().name(),
            new org.apache.kafka.common.serialization.StringSerializer(),
            new org.apache.kafka.common.serialization.StringSerializer())
        .pipeInput("ann-at-home", "");
    view("ann-at-home", "event-two", new RecordHeaders());

    running.driver.advanceWallClockTime(Duration.ofHours(1));

    assertThat(headers(running.topics.sessions()))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.lastHeader("traceparent")).isNull());
  }

  @Test
  void recordThatItsProducerDoesNotFollow_isNotFollowed() {
    view("ann-at-home", "event-one", traceparent("00"));

    assertThat(headers(running.topics.events()).getFirst().lastHeader("traceparent")).isNull();
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void lineAboutAFollowedEvent_hasTheIdsOfItsStep() {
    try (var log = new CapturedLog(TracedTopologyTest.class.getName(), new JsonLines())) {
      view("ann-at-home", "event-one", traceparent("01"));
      view("ann-at-home", "event-two", new RecordHeaders());
      view("ann-at-home", "event-three", traceparent("00"));

      SpanData step = spans.getFinishedSpanItems().getFirst();
      assertThat(log.lines()).hasSize(3);
      assertThat(log.lines().getFirst())
          .endsWith(",\"trace_id\":\"" + TRACE + "\",\"span_id\":\"" + step.getSpanId() + "\"}");
      assertThat(log.lines().subList(1, 3))
          .allSatisfy(line -> assertThat(line).doesNotContain("trace_id", "span_id"));
      assertThat(log.lines().toString()).doesNotContain("ann-at-home");
    }
  }

  private static boolean speak() {
    LOG.warn("an enrichment speaks");
    return true;
  }

  private void isOfTrace(Headers headers) {
    assertThat(new String(headers.lastHeader("traceparent").value(), UTF_8))
        .startsWith("00-" + TRACE + "-")
        .endsWith("-01");
  }

  private void view(String visitor, String id, Headers headers) {
    byte[] value = TestEvents.rawView(visitor, id, NOON);
    running.raw.pipeInput(new TestRecord<>(visitor.getBytes(UTF_8), value, headers, NOON));
  }

  private static Headers traceparent(String flags) {
    String value = "00-" + TRACE + "-00f067aa0ba902b7-" + flags;
    return new RecordHeaders().add("traceparent", value.getBytes(UTF_8));
  }

  private List<Headers> headers(Topic topic) {
    return running
        .driver
        .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .map(TestRecord::headers)
        .toList();
  }
}
