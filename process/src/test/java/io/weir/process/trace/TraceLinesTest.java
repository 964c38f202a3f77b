package io.weir.process.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the lines of a thread have while it is at a step. */
class TraceLinesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Tracing tracing =
      Tracing.of(
          1,
          OpenTelemetrySdk.builder()
              .setTracerProvider(
                  SdkTracerProvider.builder()
                      .addSpanProcessor(SimpleSpanProcessor.create(spans))
                      .build())
              .build());

  @AfterEach
  void nothingIsLeft() {
    assertThat(MDC.get("trace_id")).isNull();
    assertThat(MDC.get("span_id")).isNull();
  }

  @Test
  void stepUnderWay_hasItsIds_untilItIsClosed() {
    String during;
    try (TraceStep step = followed().begin("score", 0)) {
      during = MDC.get("span_id");
      assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
      step.done();
      assertThat(MDC.get("span_id")).isEqualTo(during);
    }

    SpanData span = spans.getFinishedSpanItems().getFirst();
    assertThat(span.getSpanId()).isEqualTo(during).isNotEqualTo(SPAN);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void stepWithinAnother_givesTheIdsBack() {
    try (TraceStep outer = followed().begin("outer", 0)) {
      String before = MDC.get("span_id");
      outer.done().step("inner", 0);
      assertThat(MDC.get("span_id")).isEqualTo(before);
    }
    assertThat(spans.getFinishedSpanItems()).hasSize(2);
  }

  @Test
  void stepThatIsNotDone_isAnError() {
    followed().begin("score", 0).close();

    assertThat(spans.getFinishedSpanItems())
        .singleElement()
        .satisfies(
            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
  }

  @Test
  void placeWithoutAStep_hasTheIdsThatTheRecordCameWith() {
    try (TraceLines _ = followed().lines()) {
      assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
      assertThat(MDC.get("span_id")).isEqualTo(SPAN);
    }
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void newTrace_hasNoPlaceYet() {
    try (TraceLines _ = requireNonNull(tracing.begin(new RecordHeaders())).lines()) {
      assertThat(MDC.get("trace_id")).isNull();
    }
  }

  private Trace followed() {
    Headers headers =
        new RecordHeaders()
            .add("traceparent", ("00-" + TRACE + "-" + SPAN + "-01").getBytes(UTF_8));
    return requireNonNull(tracing.follow(headers));
  }
}
