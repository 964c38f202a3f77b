package io.weir.local.command;

import io.weir.local.archive.ArchiveMaker;
import io.weir.local.platform.RunFile;
import io.weir.process.ExitCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the class archive; other commands start this one in the background. */
@Command(
    name = "make-archive",
    hidden = true,
    description = "Makes the archive of classes that lets commands start fast.")
public final class MakeArchiveCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "POINTER", description = "The file that will name the archive.")
  private Path pointer = Path.of("");

  @Option(
      names = "--rehearsal",
      paramLabel = "COMMAND",
      description = "The command that loads the classes (default ${DEFAULT-VALUE}).")
  private String rehearsal = "rehearse";

  @Override
  public Integer call() throws IOException, InterruptedException {
    String folder = common.home().folder().toString();
    boolean isUsual = rehearsal.equals("rehearse");
    Map<String, List<String>> rehearsals =
        isUsual
            ? Map.of(
                "lake.aot",
                List.of(rehearsal, "--dir", folder),
                "launcher.aot",
                List.of(rehearsal, "--launcher", "--dir", folder))
            : Map.of("lake.aot", List.of(rehearsal));
    var maker = new ArchiveMaker(pointer, rehearsals);
    Runtime.getRuntime().addShutdownHook(new Thread(maker::stop, "stop"));
    endWithDemo();
    boolean isMade = maker.make();
    System.out.println(isMade ? "made " + pointer : "another process is making " + pointer);
    return 0;
  }

  /**
   * Ends this process when the demo's launcher ends, however it does: the rehearsal needs a demo.
   */
  private void endWithDemo() {
    RunFile.read(common.home().runFile())
        .flatMap(RunFile::launcher)
        .ifPresent(launcher -> {
          var _ = launcher.onExit().thenRun(() -> System.exit(ExitCodes.UNUSABLE));
        });
  }
}
