package io.weir.helm;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command kubectl, on the cluster that KUBECONFIG names. */
final class Kubectl {
  private Kubectl() {}

  static Cli.Answer run(String... arguments) throws IOException, InterruptedException {
    return call("", arguments);
  }

  /** Asks the server whether it would take an object; nothing is made. */
  static Cli.Answer wouldTake(String namespace, Map<?, ?> object)
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

  private static Cli.Answer call(String input, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    return Cli.run(input, command);
  }
}
