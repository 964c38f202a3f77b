package io.weir.local.command;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Home;
import io.weir.local.platform.IngestProgram;
import io.weir.local.platform.RunFile;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.process.ProcessSpec;
import io.weir.process.StartupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** Runs the command line of module ingest with the settings of the running demo. */
@Command(
    name = "ingest",
    description = "Sends your own files, or a topic of Kafka, to the running demo or a broker.",
    footer = {
      "Without a running demo the broker is the one WEIR_KAFKA_BOOTSTRAP_SERVERS names.",
      "Examples:",
      "  ./weir demo --empty               then, in another terminal:",
      "  ./weir ingest access.log.gz",
      "  ./weir ingest events.csv --dry-run",
      "  ./weir ingest --topic clicks      WEIR_INGEST_SOURCE_BOOTSTRAP_SERVERS names its cluster",
      "  ./weir ingest --help              all options"
    })
public final class IngestCommand implements Callable<Integer> {
  private static final String BROKER = "WEIR_KAFKA_BOOTSTRAP_SERVERS";
  private static final Set<String> WITHOUT_BROKER =
      Set.of("--dry-run", "--help", "-h", "--version", "-V");

  @Mixin private CommonOptions common = new CommonOptions();
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    return ChildProcess.runHere(program());
  }

  private ProcessSpec program() {
    Home home = common.home();
    var program = new IngestProgram(common.checkout(), home);
    Optional<Catalogue> demo = demo(home);
    if (demo.isPresent()) {
      return program.into(demo.get(), arguments);
    }
    boolean hasBroker = System.getenv(BROKER) != null;
    if (!hasBroker && arguments.stream().noneMatch(WITHOUT_BROKER::contains)) {
      throw new StartupException(
          "nothing runs in "
              + home.folder()
              + ": start ./weir demo --empty (or name its folder with --dir), or name a broker with "
              + BROKER);
    }
    return program.byEnvironment(arguments);
  }

  private Optional<Catalogue> demo(Home home) {
    boolean isRunning = home.pidFile(Service.BROKER.id()).running().isPresent();
    return isRunning
        ? RunFile.read(home.runFile()).map(run -> run.catalogue(common.checkout(), home))
        : Optional.empty();
  }
}
