package io.weir.process.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;

/**
 * A step under way. Until it is closed, the lines that its thread logs have its ids. One that is
 * closed before it is done has failed, and is an error in the trace.
 */
public final class TraceStep implements AutoCloseable {
  private final Tracer tracer;
  private final Span span;
  private final TraceLines lines;
  private boolean isDone;

  TraceStep(Tracer tracer, Span span) {
    this.tracer = tracer;
    this.span = span;
    this.lines = new TraceLines(span.getSpanContext());
  }

  /**
   * Ends the step; its ids stay in the log until it is closed.
   *
   * @return the place after the step
   */
  public Trace done() {
    isDone = true;
    span.end();
    return new Trace(tracer, span.getSpanContext());
  }

  @Override
  public void close() {
    lines.close();
    if (!isDone) {
      span.setStatus(StatusCode.ERROR);
      span.end();
    }
  }
}
