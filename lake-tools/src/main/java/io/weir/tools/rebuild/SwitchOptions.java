package io.weir.tools.rebuild;

import picocli.CommandLine.Option;

/** The options that rebuild and switch share. */
final class SwitchOptions {
  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "how long to wait for stream-app and for services to stop: 30s, 5m, 2h; default:"
              + " ${DEFAULT-VALUE}")
  private String wait = "12h";

  @Option(
      names = "--stream-app",
      paramLabel = "COMMAND",
      description =
          "starts the stream-app of the rebuild with this shell command, and stops it; default:"
              + " somebody else does")
  private String streamApp = "";

  @Option(
      names = "--accept-differences",
      description =
          "goes on when numbers are different, as after a change of goals, or gold would lose some")
  private boolean acceptsDifferences;

  String waiting() {
    return wait;
  }

  String streamApp() {
    return streamApp;
  }

  boolean acceptsDifferences() {
    return acceptsDifferences;
  }
}
