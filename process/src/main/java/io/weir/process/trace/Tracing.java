package io.weir.process.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Follows a part of the records from topic to topic. The place in the trace travels in the header
 * {@code traceparent} of W3C Trace Context. Spans go to a collector by OpenTelemetry's protocol. A
 * service that is off pays one comparison for a record.
 */
public final class Tracing implements AutoCloseable {
  private static final Tracing OFF = new Tracing(0, null);
  private static final String SETTING = "trace.ratio";

  private final double ratio;
  private final @Nullable OpenTelemetrySdk sdk;
  private final @Nullable Tracer tracer;

  private Tracing(double ratio, @Nullable OpenTelemetrySdk sdk) {
    this.ratio = ratio;
    this.sdk = sdk;
    this.tracer = sdk == null ? null : sdk.getTracer("io.weir");
  }

  /** Follows a part of the records with an SDK that is set up already. */
  public static Tracing of(double ratio, OpenTelemetrySdk sdk) {
    return new Tracing(ratio, sdk);
  }

  /** Follows nothing. */
  public static Tracing off() {
    return OFF;
  }

  /** The part of the raw records that is followed, from 0 to 1, as the settings say. */
  public static double ratio(Settings settings) {
    String text = settings.text(SETTING, "0");
    try {
      double ratio = Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new StartupException(
        Settings.variable(SETTING) + "='" + text + "' is no number from 0 to 1, such as 0.001");
  }

  /**
   * Starts the exporter, which OpenTelemetry's own variables describe, unless nothing is followed.
   *
   * @param service the name of the service in the traces
   */
  public static Tracing open(double ratio, String service) {
    if (ratio == 0) {
      return OFF;
    }
    ExporterLog.use();
    try {
      return new Tracing(ratio, sdk(service));
    } catch (RuntimeException e) {
      throw new StartupException(
          Settings.variable(SETTING)
              + " follows records, but OpenTelemetry's variables (OTEL_…) cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  private static OpenTelemetrySdk sdk(String service) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .addPropertiesSupplier(() ->
            Map.of(
                "otel.service.name", service,
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none"))
        .build()
        .getOpenTelemetrySdk();
  }

  /**
   * The trace of a record from outside: what its header says, or for a part of the records without
   * one a new trace. Null if it is not followed.
   */
  public @Nullable Trace begin(Headers headers) {
    Tracer to = tracer;
    if (to == null) {
      return null;
    }
    SpanContext parent = Traceparent.read(headers);
    if (parent.isValid()) {
      return parent.isSampled() ? new Trace(to, parent) : null;
    }
    return ThreadLocalRandom.current().nextDouble() < ratio ? new Trace(to, parent) : null;
  }

  /** The trace of a record from a step before. Null if it is not followed. */
  public @Nullable Trace follow(Headers headers) {
    Tracer to = tracer;
    if (to == null) {
      return null;
    }
    SpanContext parent = Traceparent.read(headers);
    return parent.isValid() && parent.isSampled() ? new Trace(to, parent) : null;
  }

  /** Sends the spans that are left, for ten seconds at most. */
  @Override
  public void close() {
    if (sdk != null) {
      sdk.close();
    }
  }
}
