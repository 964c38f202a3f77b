package io.weir.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.testkit.FreePort;
import io.weir.testkit.ServiceUnderTest;
import io.weir.testkit.ServiceUnderTest.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A stream-app as a process of its own, and what it says of itself. */
record Instance(ServiceUnderTest service) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param folder the instance's own folder
   * @param environment all WEIR_… variables but port and state directory
   */
  static Instance start(Path folder, Map<String, String> environment) {
    int port = FreePort.next();
    var own = new HashMap<>(environment);
    own.put("WEIR_STREAM_PORT", "" + port);
    own.put("WEIR_STREAM_STATE_DIR", folder.resolve("state").toString());
    return new Instance(ServiceUnderTest.start(launch(folder, own), port));
  }

  /** Starts {@code Main} with these words; its output goes to {@code log} in the folder. */
  static Process run(Path folder, Map<String, String> environment, String... words) {
    return ServiceUnderTest.run(launch(folder, environment).with(words));
  }

  private static Launch launch(Path folder, Map<String, String> environment) {
    Path log = folder.resolve("log");
    return new Launch("io.weir.stream.Main", "192m", environment, List.of(), log);
  }

  String address() {
    return service.address();
  }

  URI uri(String path) {
    return service.uri(path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return service.get(path);
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  boolean isReady() throws InterruptedException {
    return service.isReady();
  }

  /** The partitions this instance works on, as it says itself. */
  Set<Integer> active() throws IOException, InterruptedException {
    var partitions = new TreeSet<Integer>();
    for (JsonNode instance : json("/v1/topology").path("instances")) {
      if (instance.path("self").asBoolean()) {
        instance.path("activePartitions").forEach(number -> partitions.add(number.asInt()));
      }
    }
    return partitions;
  }

  /** Ends it without a chance to tidy up. */
  void kill() throws InterruptedException {
    service.kill();
  }

  boolean isAlive() {
    return service.isAlive();
  }

  /** Waits for its end; returns its exit code. */
  int awaitExit() throws InterruptedException {
    return service.awaitExit();
  }

  String output() {
    return service.output();
  }

  @Override
  public void close() {
    service.close();
  }
}
