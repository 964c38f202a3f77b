package io.weir.local.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An MLflow server, as a process: {@code SCRIPT ENVIRONMENT-FOLDER DATA-FOLDER PORT}. The script
 * makes the Python environment if it is missing, and ends itself and its children when its standard
 * input ends: so neither server nor installation outlives this process, not even a killed one.
 */
public final class MlflowMain {
  private static final int SCRIPT_CANNOT = 3;

  /** Less than the launcher's, which would kill this process and not the script. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private MlflowMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(arguments);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process script = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(script), "mlflow-stop"));
    int code = script.waitFor();
    if (code == SCRIPT_CANNOT) {
      System.err.println("this machine cannot have the Python environment of MLflow");
    }
    System.exit(code);
  }

  private static void end(Process script) {
    try {
      script.getOutputStream().close();
      if (!script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
      }
    } catch (IOException _) {
      // It has ended already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
