package io.weir.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogVisitorTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String ANN = "ann@example.com";

  /** Made in another process: {@code printf %s VISITOR | openssl dgst -sha256 -hmac KEY}. */
  private static final String ANN_BY_OPENSSL = "093e3dd9df95";

  private final Logger logger = (Logger) LoggerFactory.getLogger(LogVisitorTest.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setAdditive(false);
    logger.setLevel(Level.WARN);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void forget() {
    logger.detachAppender(lines);
    LogSettings.use(Settings.of(Map.of()));
  }

  @Test
  void visitor_hasTheHashThatEveryProcessWithThisKeyGivesIt() {
    LogSettings.use(Settings.of(Map.of("WEIR_LOG_VISITOR_KEY", KEY)));

    assertThat(field(ANN)).isEqualTo("[visitor=\"" + ANN_BY_OPENSSL + "\"]");
    assertThat(field(ANN.getBytes(UTF_8))).isEqualTo(field(ANN));
    assertThat(field("bob@example.com")).isNotEqualTo(field(ANN));
    assertThat(lines.list.toString()).doesNotContain(ANN);
  }

  @Test
  void anotherKey_givesAnotherHash() {
    LogSettings.use(Settings.of(Map.of("WEIR_LOG_VISITOR_KEY", KEY + "0")));

    assertThat(field(ANN)).startsWith("[visitor=").doesNotContain(ANN_BY_OPENSSL);
  }

  @Test
  void keyInAFile_isTheSame(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    LogSettings.use(Settings.of(Map.of("WEIR_LOG_VISITOR_KEY_FILE", file.toString())));

    assertThat(field(ANN)).contains(ANN_BY_OPENSSL);
  }

  @Test
  void withoutKey_orWithoutVisitor_thereIsNoField() {
    assertThat(field(ANN)).isEqualTo("null");

    LogSettings.use(Settings.of(Map.of("WEIR_LOG_VISITOR_KEY", KEY)));
    LogVisitor.add(null, logger.atWarn()).log("gone");
    assertThat(lines.list.getLast().getKeyValuePairs()).isNull();
    assertThat(field(7)).isEqualTo("null");
  }

  @Test
  void keyThatCanBeGuessed_isRefused_andNotShown() {
    Settings settings = Settings.of(Map.of("WEIR_LOG_VISITOR_KEY", "a-short-secret"));

    assertThatThrownBy(() -> LogSettings.use(settings))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_LOG_VISITOR_KEY", "32 characters")
        .hasMessageNotContaining("a-short-secret");
  }

  private String field(Object visitor) {
    LogVisitor.add(visitor, logger.atWarn()).log("gone");
    return String.valueOf(lines.list.getLast().getKeyValuePairs());
  }
}
