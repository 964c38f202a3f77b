package io.weir.sink.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.weir.http.JsonLines;
import io.weir.process.LogSettings;
import io.weir.process.Settings;
import io.weir.process.trace.Tracing;
import io.weir.sink.write.UnreadableRecordException;
import io.weir.testkit.CapturedLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TracedRowsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final TracedRows rows = new TracedRows(tracing(), "silver.events");

  @Test
  void followedRow_hasAStepWhenItIsCommitted() {
    rows.add(record(true));
    rows.add(record(false));
    assertThat(spans.getFinishedSpanItems()).isEmpty();

    rows.committed();
    rows.committed();

    SpanData span = spans.getFinishedSpanItems().getFirst();
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    assertThat(span.getName()).isEqualTo("commit silver.events");
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getStartEpochNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
  }

  @Test
  void droppedRow_hasNone() {
    rows.add(record(true));
    rows.dropped();
    rows.committed();

    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void largeCommit_followsABoundedPart() {
    for (int i = 0; i < TracedRows.MOST + 5; i++) {
      rows.add(record(true));
    }
    rows.committed();

    assertThat(spans.getFinishedSpanItems()).hasSize(TracedRows.MOST);
  }

  @Test
  void recordThatStopsTheTable_isLoggedWithItsTraceAndItsVisitor() {
    LogSettings.use(Settings.of(Map.of("WEIR_LOG_VISITOR_KEY", KEY)));
    try (var log = new CapturedLog(TracedRows.class.getName(), new JsonLines())) {
      rows.stopped(new UnreadableRecordException(record(true), "torn"));
      rows.stopped(new UnreadableRecordException(record(false), "torn"));

      assertThat(log.lines()).hasSize(2).allSatisfy(this::saysWhoWithoutNames);
      assertThat(log.lines().getFirst())
          .contains("\"trace_id\":\"" + TRACE + "\",\"span_id\":\"00f067aa0ba902b7\"");
      assertThat(log.lines().getLast()).doesNotContain("trace_id", "span_id");
    } finally {
      LogSettings.use(Settings.of(Map.of()));
    }
  }

  private void saysWhoWithoutNames(String line) {
    assertThat(line)
        .contains("silver.events stops: topic events partition 0 offset 0 cannot be read: torn")
        .contains("\"visitor\":\"093e3dd9df95\"")
        .doesNotContain("ann@example.com");
  }

  @Test
  void recordThatStopsTheTable_withoutKey_hasNoVisitor() {
    try (var log = new CapturedLog(TracedRows.class.getName(), new JsonLines())) {
      rows.stopped(new UnreadableRecordException(record(false), "torn"));

      assertThat(log.lines()).singleElement().asString().doesNotContain("visitor");
    }
  }

  private Tracing tracing() {
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
    return Tracing.of(1, OpenTelemetrySdk.builder().setTracerProvider(provider).build());
  }

  private static ConsumerRecord<byte[], byte[]> record(boolean isFollowed) {
    Headers headers = new RecordHeaders();
    if (isFollowed) {
      headers.add("traceparent", ("00-" + TRACE + "-00f067aa0ba902b7-01").getBytes(UTF_8));
    }
    return new ConsumerRecord<>(
        "events",
        0,
        0,
        7_000,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        "ann@example.com".getBytes(UTF_8),
        new byte[0],
        headers,
        Optional.empty());
  }
}
