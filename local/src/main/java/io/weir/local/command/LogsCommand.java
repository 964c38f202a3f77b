package io.weir.local.command;

import io.weir.local.platform.Service;
import io.weir.local.process.LogFile;
import io.weir.process.StartupException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the log of a service. */
@Command(name = "logs", description = "Prints the log of a service.")
public final class LogsCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 300;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "SERVICE",
      description = "broker, postgres, stream, sink, scoring or simulator.")
  private String service = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Follow the log as it grows, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      defaultValue = "50",
      paramLabel = "N",
      description = "How many lines from the end (default ${DEFAULT-VALUE}).")
  private int lines;

  @Override
  public Integer call() throws InterruptedException {
    String id = Service.named(service).orElseThrow(this::unknown).id();
    LogFile log = common.home().log(id);
    if (!Files.exists(log.path())) {
      throw new StartupException(
          "there is no log " + log.path() + " yet: start it with ./weir demo");
    }
    long position = log.length();
    log.tail(lines).forEach(System.out::println);
    while (follow) {
      position = log.copyFrom(position, System.out);
      Thread.sleep(POLL_MILLIS);
    }
    return 0;
  }

  private StartupException unknown() {
    String known =
        Arrays.stream(Service.values()).map(Service::id).collect(Collectors.joining(", "));
    return new StartupException("there is no service " + service + "; choose one of " + known);
  }
}
