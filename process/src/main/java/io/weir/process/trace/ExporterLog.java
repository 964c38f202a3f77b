package io.weir.process.trace;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Brings the lines of OpenTelemetry's exporter, which logs through the JDK, into the log. */
final class ExporterLog extends Handler {
  private static final Logger SOURCE = Logger.getLogger("io.opentelemetry");
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Tracing.class);

  private final SimpleFormatter formatter = new SimpleFormatter();

  private ExporterLog() {}

  static void use() {
    if (SOURCE.getHandlers().length == 0) {
      SOURCE.setUseParentHandlers(false);
      SOURCE.addHandler(new ExporterLog());
    }
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.warn("traces: {}", formatter.formatMessage(line));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
