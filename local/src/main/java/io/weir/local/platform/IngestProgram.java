package io.weir.local.platform;

import io.weir.local.process.ProcessSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of module ingest, with its journals in the working folder. */
public record IngestProgram(Checkout checkout, Home home) {
  private static final String STATE_DIR = "WEIR_INGEST_STATE_DIR";

  /** A process that sends to a running platform. */
  public ProcessSpec into(Catalogue catalogue, List<String> arguments) {
    var settings = new LinkedHashMap<>(catalogue.clientSettings());
    settings.put("WEIR_INGEST_STREAM_URL", catalogue.address(Service.STREAM));
    settings.put(STATE_DIR, stateDir());
    return spec(settings, arguments);
  }

  /** A process that sends to the broker that the environment names. */
  public ProcessSpec byEnvironment(List<String> arguments) {
    boolean isChosen = System.getenv(STATE_DIR) != null;
    return spec(isChosen ? Map.of() : Map.of(STATE_DIR, stateDir()), arguments);
  }

  private String stateDir() {
    return home.folder().resolve("ingest").toString();
  }

  private ProcessSpec spec(Map<String, String> settings, List<String> arguments) {
    return new ProcessSpec(
        List.of(),
        "ingest",
        home.folder(),
        Service.SIMULATOR.javaFlags(),
        checkout.classPath("ingest"),
        "io.weir.ingest.Main",
        arguments,
        settings);
  }
}
