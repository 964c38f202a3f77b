package io.weir.process.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The place of one record in its trace. */
public final class Trace {
  private final Tracer tracer;
  private final SpanContext parent;

  Trace(Tracer tracer, SpanContext parent) {
    this.tracer = tracer;
    this.parent = parent;
  }

  /**
   * Adds a step that ends now.
   *
   * @param name of the step, one of few
   * @param startMillis when the step began, by the clock of the wall
   * @param attributes names and values in turn
   * @return the place after the step
   */
  public Trace step(String name, long startMillis, String... attributes) {
    try (TraceStep step = begin(name, startMillis, attributes)) {
      return step.done();
    }
  }

  /**
   * Begins a step.
   *
   * @param name of the step, one of few
   * @param startMillis when the step began, by the clock of the wall
   * @param attributes names and values in turn
   */
  public TraceStep begin(String name, long startMillis, String... attributes) {
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(Context.root().with(Span.wrap(parent)))
            .setStartTimestamp(startMillis, TimeUnit.MILLISECONDS)
            .setAllAttributes(attributes(attributes))
            .startSpan();
    return new TraceStep(tracer, span);
  }

  /** Gives the lines of this thread's log the ids of this place, for what is no step. */
  public TraceLines lines() {
    return new TraceLines(parent);
  }

  private static Attributes attributes(String... pairs) {
    AttributesBuilder built = Attributes.builder();
    for (int i = 0; i < pairs.length; i += 2) {
      built.put(pairs[i], pairs[i + 1]);
    }
    return built.build();
  }

  /** The headers of the record that comes out of the step: those that went in, with this place. */
  public Headers in(Headers before) {
    var headers = new RecordHeaders(before);
    addTo(headers);
    return headers;
  }

  /** Writes the place into the headers of the record that comes out of the step. */
  public void addTo(Headers headers) {
    if (parent.isValid()) {
      headers.remove(Traceparent.NAME);
      headers.add(Traceparent.NAME, Traceparent.write(parent));
    }
  }
}
