package io.weir.tools.rebuild;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs other commands as steps of one command, with the output of that one. */
final class StepCommand {
  private final CommandLine whole;

  StepCommand(CommandLine whole) {
    this.whole = whole;
  }

  PrintWriter out() {
    return whole.getOut();
  }

  int run(Callable<Integer> step, String... arguments) throws Exception {
    new CommandLine(step).setOut(whole.getOut()).setErr(whole.getErr()).parseArgs(arguments);
    return step.call();
  }
}
