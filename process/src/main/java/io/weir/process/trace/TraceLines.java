package io.weir.process.trace;

import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The ids of a place in a trace, which the lines of this thread's log have until it is closed. */
public final class TraceLines implements AutoCloseable {
  /** The names of the fields, as OpenTelemetry writes them in logs of other forms than its own. */
  static final String TRACE = "trace_id";

  static final String SPAN = "span_id";

  private final @Nullable String traceBefore = MDC.get(TRACE);
  private final @Nullable String spanBefore = MDC.get(SPAN);

  TraceLines(SpanContext at) {
    if (at.isValid()) {
      MDC.put(TRACE, at.getTraceId());
      MDC.put(SPAN, at.getSpanId());
    }
  }

  /** Gives the lines the ids that they had before, or none. */
  @Override
  public void close() {
    restore(TRACE, traceBefore);
    restore(SPAN, spanBefore);
  }

  private static void restore(String name, @Nullable String before) {
    if (before == null) {
      MDC.remove(name);
    } else {
      MDC.put(name, before);
    }
  }
}
