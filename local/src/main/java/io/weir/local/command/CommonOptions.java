package io.weir.local.command;

import io.weir.local.archive.ArchiveProcess;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.RunFile;
import io.weir.local.platform.Service;
import io.weir.process.StartupException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command: the project folder and the working folder. */
final class CommonOptions {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Working folder; default: WEIR_HOME, else .weir in the project.")
  private @Nullable Path dir;

  Checkout checkout() {
    return new Checkout(Path.of(System.getProperty("weir.root", ".")));
  }

  Home home() {
    return new Home(dir != null ? dir : byDefault());
  }

  /** The options that another command needs to find the same folder, with a space before them. */
  String repeated() {
    return dir == null ? "" : " --dir " + dir;
  }

  private Path byDefault() {
    String home = System.getenv("WEIR_HOME");
    return home == null || home.isBlank() ? checkout().root().resolve(".weir") : Path.of(home);
  }

  /** The platform that was last started in the working folder. */
  Catalogue started() {
    Home home = home();
    RunFile run = RunFile.read(home.runFile()).orElseThrow(() -> notRunning(home));
    return run.catalogue(checkout(), home);
  }

  /** The same platform, if the service still runs. */
  Catalogue running(Service service) {
    Catalogue catalogue = started();
    if (catalogue.home().pidFile(service.id()).running().isEmpty()) {
      throw notRunning(catalogue.home());
    }
    ArchiveProcess.startIfWanted(catalogue.home());
    return catalogue;
  }

  private static StartupException notRunning(Home home) {
    return new StartupException(
        "nothing runs in " + home.folder() + ": start it with ./weir demo, or name it with --dir");
  }
}
