package io.weir.sink.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.weir.process.trace.Tracing;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TracedRowsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

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
        new byte[0],
        new byte[0],
        headers,
        Optional.empty());
  }
}
