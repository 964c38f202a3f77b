package io.weir.local.platform;

import io.weir.local.process.ProcessSpec;
import io.weir.process.JvmFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of module ml-training. */
public record TrainingProgram(Checkout checkout, Home home) {

  /** A process that trains with the given options; the settings say where the lake is. */
  public ProcessSpec spec(List<String> arguments, Map<String, String> settings) {
    var environment = new LinkedHashMap<>(settings);
    // A thread that waits for another one sleeps: spinning slows down a busy machine.
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    var flags = new ArrayList<>(List.of("-XX:MaxRAMPercentage=50", "-XX:-UsePerfData"));
    flags.addAll(JvmFlags.ofServices());
    flags.add("-XX:-ExitOnOutOfMemoryError"); // it says in words which memory and what to change
    flags.addAll(JvmFlags.ofAll());
    return new ProcessSpec(
        List.of(),
        "train-model",
        home.folder(),
        flags,
        checkout.classPath("ml-training"),
        "io.weir.training.Main",
        arguments,
        environment);
  }
}
