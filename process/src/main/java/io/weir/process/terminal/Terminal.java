package io.weir.process.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * The streams that a command prints to.
 *
 * @param out results
 * @param err remarks, progress and complaints
 * @param isInteractive whether a person watches {@code err}, so that a line may be written over
 */
public record Terminal(PrintStream out, PrintStream err, boolean isInteractive) {

  /**
   * The streams of this process. Which JDK gives no console and which one that is no terminal has
   * changed more than once.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal ofProcess() {
    Console console = System.console();
    return new Terminal(System.out, System.err, console != null && console.isTerminal());
  }

  /** A writer to {@code err}, in its character set. */
  public PrintWriter errWriter() {
    return new PrintWriter(err, true, err.charset());
  }
}
