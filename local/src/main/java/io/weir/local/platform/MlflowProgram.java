package io.weir.local.platform;

import io.weir.local.process.ProcessSpec;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An MLflow server of PyPI in a virtual environment of the cache folder. */
public record MlflowProgram(Checkout checkout, Home home) {
  private static final String NEEDED =
      "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

  /** The name of its pid file. */
  public static final String NAME = "mlflow";

  /** Whether this machine's Python can make a virtual environment with MLflow. */
  public static boolean isPossible() {
    try {
      var builder = new ProcessBuilder("python3", "-c", NEEDED);
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      return builder.start().onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process; its runs and models stay in the working folder. */
  public ProcessSpec spec(int port) {
    Path data = home.folder().resolve(NAME);
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new StartupException(data + " cannot be created; choose another with --dir", e);
    }
    return new ProcessSpec(
        List.of(),
        NAME,
        home.folder(),
        List.of("-Xmx16m", "-XX:-UsePerfData"),
        checkout.classPath("local"),
        "io.weir.local.server.MlflowMain",
        List.of(
            checkout.root().resolve("ml-training/mlflow/serve").toAbsolutePath().toString(),
            environment().toString(),
            data.toAbsolutePath().toString(),
            Integer.toString(port)),
        Map.of());
  }

  /** 1.5 GB, so it is kept: {@code WEIR_MLFLOW_ENV}, or a folder of the cache. */
  private Path environment() {
    String given = System.getenv("WEIR_MLFLOW_ENV");
    return given == null || given.isBlank()
        ? checkout.cache().resolve(NAME).toAbsolutePath()
        : Path.of(given).toAbsolutePath();
  }
}
