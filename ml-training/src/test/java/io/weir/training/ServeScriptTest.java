package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts MLflow, with a Python that only pretends to install something. */
class ServeScriptTest {
  private static final Path SERVE = Path.of("mlflow/serve").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  @Test
  void installationThatIsInterrupted_leavesNoProcess_andNoEnvironment() throws Exception {
    Process script = serve("echo installs; sleep 60 & wait");
    assertThat(script.inputReader().readLine()).isEqualTo("installs");
    List<ProcessHandle> all = script.descendants().toList();
    assertThat(all).isNotEmpty();

    script.getOutputStream().close();

    assertThat(script.waitFor(10, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle each : all) {
      each.onExit().get(5, TimeUnit.SECONDS);
    }
    assertThat(folder.resolve("environment")).doesNotExist();
  }

  @Test
  void completeInstallation_getsItsName_andTheServerStarts() throws Exception {
    Files.createDirectories(folder.resolve("environment/damaged"));
    Files.createFile(folder.resolve("environment/pyvenv.cfg"));

    Process script = serve("echo \"$2 in ${TMPDIR##*/}\"");

    assertThat(script.inputReader().lines().toList())
        .containsExactly("pip in tmp", "mlflow in tmp");
    assertThat(script.waitFor()).isZero();
    assertThat(folder.resolve("environment/complete")).exists();
    assertThat(folder.resolve("environment/damaged")).doesNotExist();
    assertThat(folder.resolve("environment.new")).doesNotExist();
  }

  @Test
  void failedInstallation_isCode3() throws Exception {
    assertThat(serve("exit 1").waitFor()).isEqualTo(3);
    assertThat(folder.resolve("environment")).doesNotExist();
  }

  @Test
  void folderWithOtherFiles_stays() throws Exception {
    Files.createDirectories(folder.resolve("environment/photos"));

    assertThat(serve("exit 0").waitFor()).isEqualTo(3);
    assertThat(folder.resolve("environment/photos")).exists();
  }

  /** The script with an environment whose Python is the given line of shell. */
  private Process serve(String python) throws IOException {
    program(folder.resolve("inner"), python);
    Path programs = Files.createDirectories(folder.resolve("programs"));
    program(
        programs.resolve("python3"),
        "mkdir -p \"$3/bin\"; cp '%s' \"$3/bin/python\"".formatted(folder.resolve("inner")));
    var builder =
        new ProcessBuilder(
            SERVE.toString(),
            folder.resolve("environment").toString(),
            Files.createDirectories(folder.resolve("data")).toString(),
            "1");
    builder.environment().merge("PATH", programs.toString(), (path, own) -> own + ':' + path);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void program(Path file, String line) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
