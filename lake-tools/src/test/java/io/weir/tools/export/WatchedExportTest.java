package io.weir.tools.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import io.weir.process.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchedExportTest {
  private final StringWriter problems = new StringWriter();
  private final AtomicInteger passes = new AtomicInteger();
  private final Stop stop = new Stop();

  private void run(WatchedExport.Pass pass) throws SQLException, IOException {
    new WatchedExport(pass, Duration.ofMillis(1), new PrintWriter(problems)).run(false, stop);
  }

  @Test
  void laterPassWithoutTheCatalog_isToldAndTriedAgain() throws SQLException, IOException {
    run(_ -> {
      switch (passes.incrementAndGet()) {
        case 2 -> throw new StartupException("the lake cannot be read");
        case 3 -> throw new IllegalStateException("connection lost");
        case 4 -> stop.request();
        default -> {}
      }
    });

    assertThat(passes).hasValue(4);
    assertThat(problems.toString())
        .contains("the files stay as they are: the lake cannot be read")
        .contains("the files stay as they are: connection lost");
  }

  @Test
  void firstPassThatFails_endsTheCommand() {
    assertThatThrownBy(() ->
            run(_ -> {
              passes.incrementAndGet();
              throw new StartupException("the lake cannot be read");
            }))
        .isInstanceOf(StartupException.class);

    assertThat(passes).hasValue(1);
  }
}
