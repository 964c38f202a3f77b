package io.weir.process.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.StartupException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandErrorsTest {
  private static final CommandErrors ERRORS = new CommandErrors("./", "weir: ");

  private final StringWriter err = new StringWriter();

  @Command(name = "go")
  private record Go(RuntimeException failure) implements Callable<Integer> {
    @Override
    public Integer call() {
      throw failure;
    }
  }

  private int run(RuntimeException failure, String... arguments) {
    return new CommandLine(new Go(failure))
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler(ERRORS)
        .setParameterExceptionHandler(ERRORS)
        .execute(arguments);
  }

  @Test
  void startupFailure_isOneLine() {
    assertThat(run(new StartupException("no broker"))).isEqualTo(2);

    assertThat(err).hasToString("weir: no broker\n");
  }

  @Test
  void wrongUsage_isOneLineThatNamesTheHelp() {
    assertThat(run(new StartupException("not reached"), "--what")).isEqualTo(2);

    assertThat(err).hasToString("weir: Unknown option: '--what'; see ./go --help\n");
  }

  @Test
  void defect_keepsItsTrace() {
    int code = run(new IllegalStateException("a defect"));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("a defect", "\tat " + CommandErrorsTest.class.getName());
  }
}
