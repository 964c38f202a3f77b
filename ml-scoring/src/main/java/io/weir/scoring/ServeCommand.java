package io.weir.scoring;

import io.weir.http.WebServer;
import io.weir.process.ExitCodes;
import io.weir.process.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the service until it is stopped. */
@Command(
    name = "scoring",
    description =
        "Scores closed sessions; without a command: the service, set by WEIR_… variables.",
    mixinStandardHelpOptions = true,
    version = "weir scoring 0.1.0")
final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  private final Clock clock;

  @Spec CommandSpec spec = CommandSpec.create();

  ServeCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    ScoringConfig config = ScoringConfig.from(Settings.ofProcess());
    try (var service = new ScoringService(config, clock)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(service::close));
      service.start();
      try (WebServer http = WebServer.of(config.listen(), service.served())) {
        http.start();
        log.info("listening on {}", http.url());
        return service.awaitEnd().map(this::failed).orElse(0);
      }
    }
  }

  private int failed(String reason) {
    PrintWriter printer = spec.commandLine().getErr();
    printer.println(reason);
    printer.flush();
    return ExitCodes.FAILED;
  }
}
