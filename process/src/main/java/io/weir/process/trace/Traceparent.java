package io.weir.process.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The header of W3C Trace Context: {@code 00-TRACE-SPAN-FLAGS}, in hexadecimal digits. */
final class Traceparent {
  static final String NAME = "traceparent";

  private static final String VERSION = "00-";
  private static final Pattern FORM =
      Pattern.compile(VERSION + "[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final int TRACE = VERSION.length();
  private static final int SPAN = TRACE + TraceId.getLength() + 1;
  private static final int FLAGS = SPAN + SpanId.getLength() + 1;
  private static final int LENGTH = FLAGS + TraceFlags.getLength();

  private Traceparent() {}

  /** What the last such header says; invalid if there is none, or it is of another form. */
  static SpanContext read(Headers headers) {
    Header header = headers.lastHeader(NAME);
    byte @Nullable [] value = header == null ? null : header.value();
    if (value == null || value.length != LENGTH) {
      return SpanContext.getInvalid();
    }
    String text = new String(value, ISO_8859_1);
    if (!FORM.matcher(text).matches()) {
      return SpanContext.getInvalid();
    }
    return SpanContext.createFromRemoteParent(
        text.substring(TRACE, SPAN - 1),
        text.substring(SPAN, FLAGS - 1),
        TraceFlags.fromHex(text, FLAGS),
        TraceState.getDefault());
  }

  static byte[] write(SpanContext span) {
    return (VERSION
            + span.getTraceId()
            + '-'
            + span.getSpanId()
            + '-'
            + span.getTraceFlags().asHex())
        .getBytes(ISO_8859_1);
  }
}
