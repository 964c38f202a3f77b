package io.weir.tools.rebuild;

import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands of a rebuild share: its name, and where they print. */
final class RebuildOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "the name of the rebuild")
  private String given = "";

  RebuildName name(ToolSettings at) {
    return RebuildName.of(given, at);
  }

  /** The name of a rebuild that is not what gold has already. */
  RebuildName nameOfAnother(ToolSettings at) {
    return RebuildName.ofAnother(given, at);
  }

  /** What runs other commands as steps of this one. */
  StepCommand steps() {
    return new StepCommand(spec.commandLine());
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  void say(String line) {
    out().println(line);
    out().flush();
  }
}
