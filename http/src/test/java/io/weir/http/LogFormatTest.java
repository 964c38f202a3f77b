package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.event.KeyValuePair;

class LogFormatTest {
  @Test
  void json_isOneObjectALine_alsoWithAnException() throws Exception {
    String line = line("json");

    assertThat(line).endsWith("\n");
    assertThat(line.strip()).doesNotContain("\n");
    assertThat(line.strip())
        .startsWith("{\"timestamp\":")
        .endsWith("}")
        .contains("\"level\":\"WARN\"", "\"loggerName\":\"io.weir.Shop\"")
        .contains("\"formattedMessage\":\"a \\\"b\\\"\\nc\"")
        .contains("\"message\":\"gone\"");
  }

  @Test
  void text_isTheSameLineForPeople() throws Exception {
    assertThat(line("text").lines().findFirst().orElseThrow())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ WARN  \\[\\S+] io.weir.Shop: a \"b\"");
  }

  @Test
  void emptyFormat_isText() throws Exception {
    assertThat(line("").lines().findFirst().orElseThrow()).endsWith(" io.weir.Shop: a \"b\"");
  }

  @Test
  void json_hasTraceAndVisitorAsFields_andNothingElseOfTheThread() throws Exception {
    MDC.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    MDC.put("span_id", "00f067aa0ba902b7");
    MDC.put("user", "ann@example.com");
    try {
      assertThat(line("json", new KeyValuePair("visitor", "093e3dd9df95")).strip())
          .endsWith(
              ",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\""
                  + ",\"span_id\":\"00f067aa0ba902b7\",\"visitor\":\"093e3dd9df95\"}")
          .doesNotContain("ann@example.com");
      assertThat(line("text", new KeyValuePair("visitor", "093e3dd9df95")))
          .doesNotContain("4bf92f3577b34da6a3ce929d0e0e4736", "093e3dd9df95");
    } finally {
      MDC.clear();
    }
  }

  @Test
  void json_outsideOfATrace_hasNoSuchField() throws Exception {
    assertThat(line("json", new KeyValuePair("user", "ann@example.com")))
        .doesNotContain("trace_id", "span_id", "visitor", "ann@example.com");
  }

  @Test
  void json_escapesWhatOthersPutThere() throws Exception {
    assertThat(line("json", new KeyValuePair("visitor", "a\"b\nc")).strip())
        .doesNotContain("\n")
        .endsWith(",\"visitor\":\"a\\\"b\\nc\"}");
  }

  private static String line(String format, KeyValuePair... pairs) throws JoranException {
    var context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    context.putProperty("WEIR_LOG_FORMAT", format);
    String log =
        """
        <configuration>
          <include resource="io/weir/http/log-${WEIR_LOG_FORMAT:-text}.xml"/>
          <root level="INFO"><appender-ref ref="out"/></root>
        </configuration>
        """;
    configurator.doConfigure(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    Logger logger = context.getLogger("io.weir.Shop");
    var event =
        new LoggingEvent(
            "x", logger, Level.WARN, "a {}\nc", new IOException("gone"), new Object[] {"\"b\""});
    if (pairs.length > 0) {
      event.setKeyValuePairs(List.of(pairs));
    }
    var appender = context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("out");
    assertThat(appender).isInstanceOf(ConsoleAppender.class);
    var out = (ConsoleAppender<ILoggingEvent>) appender;
    return new String(out.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
