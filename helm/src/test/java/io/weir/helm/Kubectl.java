package io.weir.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command kubectl, on the cluster that KUBECONFIG names. */
final class Kubectl {
  private Kubectl() {}

  record Answer(int code, String text) {
    boolean isOk() {
      return code == 0;
    }
  }

  static Answer run(String... arguments) throws IOException, InterruptedException {
    return call("", arguments);
  }

  /** Asks the server whether it would take an object; nothing is made. */
  static Answer wouldTake(String namespace, Map<?, ?> object)
      throws IOException, InterruptedException {
    return call(
        new Gson().toJson(object),
        "create",
        "--namespace",
        namespace,
        "--dry-run=server",
        "--validate=strict",
        "-f",
        "-");
  }

  private static Answer call(String input, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), output);
  }
}
