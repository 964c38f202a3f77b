package io.weir.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The lines that a logger writes while a test runs, in the form of an encoder. */
public final class CapturedLog implements AutoCloseable {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private final Logger logger;

  /**
   * Adds itself to a logger of Logback.
   *
   * @param name of the logger, which takes the lines of those below, too
   */
  public CapturedLog(String name, Encoder<ILoggingEvent> form) {
    logger = (Logger) LoggerFactory.getLogger(name);
    form.setContext(logger.getLoggerContext());
    form.start();
    appender.setContext(logger.getLoggerContext());
    appender.setEncoder(form);
    appender.setOutputStream(written);
    appender.start();
    logger.addAppender(appender);
  }

  public List<String> lines() {
    return written.toString(UTF_8).lines().toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
