package io.weir.process.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();

  @Test
  void traceFromOutside_goesOnWithEachStep() {
    try (Tracing tracing = tracing(0.000_001)) {
      Trace accepted =
          requireNonNull(tracing.begin(headers(SAMPLED))).step("accept", 1_000, "topic", "raw");
      var out = new RecordHeaders();
      accepted.addTo(out);
      requireNonNull(tracing.follow(out)).step("score", 2_000);
    }

    SpanData first = spans.getFinishedSpanItems().get(0);
    SpanData second = spans.getFinishedSpanItems().get(1);
    assertThat(first.getTraceId()).isEqualTo(TRACE);
    assertThat(first.getParentSpanId()).isEqualTo(SPAN);
    assertThat(first.getStartEpochNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    assertThat(first.getAttributes().asMap().toString()).contains("topic", "raw");
    assertThat(second.getTraceId()).isEqualTo(TRACE);
    assertThat(second.getParentSpanId()).isEqualTo(first.getSpanId());
  }

  @Test
  void place_replacesTheOneBefore() {
    Headers headers = headers(SAMPLED);
    try (Tracing tracing = tracing(1)) {
      requireNonNull(tracing.follow(headers)).step("score", 0).addTo(headers);
    }

    assertThat(headers.headers("traceparent")).hasSize(1);
    assertThat(new String(headers.lastHeader("traceparent").value(), UTF_8))
        .startsWith("00-" + TRACE)
        .doesNotContain(SPAN);
  }

  @Test
  void partOfTheRecordsWithoutHeader_isFollowed() {
    try (Tracing tracing = tracing(0.25)) {
      long followed =
          IntStream.range(0, 10_000)
              .filter(_ -> tracing.begin(new RecordHeaders()) != null)
              .count();
      assertThat(followed).isBetween(2_000L, 3_000L);
    }
  }

  @Test
  void producerThatSaysNo_isHeard_andLaterStepsBeginNothing() {
    try (Tracing tracing = tracing(1)) {
      assertThat(tracing.begin(headers("00-" + TRACE + "-" + SPAN + "-00"))).isNull();
      assertThat(tracing.follow(new RecordHeaders())).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7--1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7---",
        "00--bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473600f067aa0ba902b7--01x",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
      })
  void headerOfAnotherForm_isNoTrace(String header) {
    try (Tracing tracing = tracing(1)) {
      assertThat(tracing.follow(headers(header))).isNull();
      assertThat(tracing.begin(headers(header))).isNotNull();
    }
  }

  @Test
  void off_followsNothing() {
    assertThat(Tracing.open(0, "test")).isSameAs(Tracing.off());
    assertThat(Tracing.off().begin(headers(SAMPLED))).isNull();
    assertThat(Tracing.off().follow(headers(SAMPLED))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1", "NaN", "some"})
  void ratioOutOfRange_isNamed(String ratio) {
    assertThatThrownBy(() -> Tracing.ratio(Settings.of(Map.of("WEIR_TRACE_RATIO", ratio))))
        .isInstanceOf(StartupException.class)
        .hasMessage("WEIR_TRACE_RATIO='" + ratio + "' is no number from 0 to 1, such as 0.001");
  }

  private Tracing tracing(double ratio) {
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(kept())).build();
    return Tracing.of(ratio, OpenTelemetrySdk.builder().setTracerProvider(provider).build());
  }

  /** A close of the exporter would drop its spans. */
  private io.opentelemetry.sdk.trace.export.SpanExporter kept() {
    return new KeptSpans(spans);
  }

  private static Headers headers(String traceparent) {
    return new RecordHeaders().add("traceparent", traceparent.getBytes(UTF_8));
  }
}
