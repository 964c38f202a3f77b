package io.weir.local.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.local.process.ProcessCommand;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about a started platform that other commands need: {@code run/run.json}.
 *
 * @param mlflowPort of the MLflow server that was started with it
 * @param isSimulated whether visitors are simulated
 * @param settings of its services, beside the usual ones
 */
public record RunFile(
    long launcherPid,
    Instant started,
    Ports ports,
    int partitions,
    Optional<Integer> mlflowPort,
    boolean isSimulated,
    Map<String, String> settings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunFile {
    settings = Map.copyOf(settings);
  }

  /** The platform as it was started. */
  public Catalogue catalogue(Checkout checkout, Home home) {
    return new Catalogue(checkout, home, ports, partitions, settings);
  }

  /** The launcher, if it still runs. Its number alone may belong to another program by now. */
  public Optional<ProcessHandle> launcher() {
    return ProcessHandle.of(launcherPid)
        .filter(handle -> ProcessCommand.of(handle.pid()).contains("io.weir.local."));
  }

  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json());
    } catch (IOException e) {
      throw new StartupException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private ObjectNode json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("launcher_pid", launcherPid).put("started", started.toString());
    node.put("partitions", partitions).put("simulated", isSimulated);
    ObjectNode own = node.putObject("settings");
    settings.forEach(own::put);
    mlflowPort.ifPresent(port -> node.put("mlflow_port", port));
    node.putObject("ports")
        .put("kafka", ports.kafka())
        .put("controller", ports.controller())
        .put("postgres", ports.postgres())
        .put("stream", ports.stream())
        .put("sink", ports.sink())
        .put("scoring", ports.scoring());
    return node;
  }

  /** Reads the file; empty if nothing was ever started in that folder. */
  public static Optional<RunFile> read(Path file) {
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      return Optional.of(
          new RunFile(
              node.path("launcher_pid").asLong(),
              Instant.parse(node.path("started").asText()),
              ports(node.path("ports")),
              node.path("partitions").asInt(),
              Optional.of(node.path("mlflow_port").asInt()).filter(port -> port > 0),
              node.path("simulated").asBoolean(true),
              settings(node.path("settings"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException | DateTimeException e) {
      throw new StartupException(file + " is damaged; delete it (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new StartupException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> settings(JsonNode node) {
    var settings = new HashMap<String, String>();
    node.properties().forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
    return settings;
  }

  private static Ports ports(JsonNode node) {
    return new Ports(
        node.path("kafka").asInt(),
        node.path("controller").asInt(),
        node.path("postgres").asInt(),
        node.path("stream").asInt(),
        node.path("sink").asInt(),
        node.path("scoring").asInt());
  }
}
