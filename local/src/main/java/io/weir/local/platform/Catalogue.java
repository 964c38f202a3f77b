package io.weir.local.platform;

import io.weir.local.process.Port;
import io.weir.local.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way to start each process of one platform: class path, flags, and settings, which reach the
 * process through the environment alone.
 */
public record Catalogue(
    Checkout checkout, Home home, Ports ports, int partitions, Map<String, String> extraSettings) {

  /** The module whose commands look into the lake. */
  public static final String LAKE_TOOLS = "lake-tools";

  /** The settings that a rebuild of gold gives its stream-app. */
  private static final List<String> OF_A_REBUILD =
      List.of(
          "WEIR_TOPIC_PREFIX",
          "WEIR_TOPIC_PARTITIONS",
          "WEIR_STREAM_APPLICATION_ID",
          "WEIR_STREAM_COPIED_TIMES",
          "WEIR_STREAM_FIRST_REVISION",
          "WEIR_STREAM_IDLE_TIMEOUT");

  public Catalogue {
    extraSettings = Map.copyOf(extraSettings);
  }

  public Catalogue(Checkout checkout, Home home, Ports ports, int partitions) {
    this(checkout, home, ports, partitions, Map.of());
  }

  /** The same platform as processes at other ports see it. */
  public Catalogue at(Ports other) {
    return new Catalogue(checkout, home, other, partitions, extraSettings);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + ports.kafka();
  }

  public String postgresUrl() {
    return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/weir";
  }

  public String address(Service service) {
    return "http://127.0.0.1:" + ports.of(service);
  }

  /** The settings of the broker, the database and the topics, for a client of these. */
  public Map<String, String> clientSettings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    settings.put("WEIR_TOPIC_PARTITIONS", Integer.toString(partitions));
    settings.put("WEIR_POSTGRES_URL", postgresUrl());
    settings.put("WEIR_POSTGRES_USER", "weir");
    settings.put("WEIR_SINK_WAREHOUSE", home.warehouse().toString());
    settings.putAll(extraSettings);
    return settings;
  }

  /** The process of a service in this platform; {@code arguments} are the program's own. */
  public ProcessSpec process(Service service, String... arguments) {
    var all = new ArrayList<>(standardArguments(service));
    all.addAll(List.of(arguments));
    ProcessSpec spec = tool(service.id(), service, all);
    return service == Service.POSTGRES ? spec.withPrefix(NotRoot.prefix()) : spec;
  }

  /** The shell line of a stream-app for a rebuild of gold, which gives it the settings it needs. */
  public String streamAppOf(String rebuild) {
    String name = "stream-" + rebuild;
    ProcessSpec live = tool(name, Service.STREAM, List.of());
    var settings = new LinkedHashMap<>(live.environment());
    settings.keySet().removeAll(OF_A_REBUILD);
    settings.put("WEIR_STREAM_PORT", "" + Port.free());
    settings.put("WEIR_STREAM_STATE_DIR", home.state().resolve(name).toString());
    Path temporary = home.state().resolve(name + "-files");
    try {
      Files.createDirectories(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return live.withEnvironment(settings).shellLine(temporary, home.log(name).path());
  }

  /** A command of lake-tools, which reads the settings of lake-sink. */
  public ProcessSpec lakeTool(List<String> arguments) {
    return program(arguments.getFirst(), Service.SINK, LAKE_TOOLS, "io.weir.tools.Main", arguments);
  }

  /** Another run of a service's program, for example of one of its offline commands. */
  public ProcessSpec tool(String name, Service service, List<String> arguments) {
    return program(name, service, service.module(), service.mainClass(), arguments);
  }

  /** A program with the settings and the flags of a service. */
  private ProcessSpec program(
      String name, Service service, String module, String mainClass, List<String> arguments) {
    var settings = new LinkedHashMap<String, String>(clientSettings());
    settings.put("WEIR_CACHE_DIR", checkout.cache().toString());
    settings.putAll(own(service));
    settings.putAll(extraSettings);
    return new ProcessSpec(
        List.of(),
        name,
        home.folder(),
        service.javaFlags(),
        checkout.classPath(module),
        mainClass,
        arguments,
        settings);
  }

  private List<String> standardArguments(Service service) {
    return switch (service) {
      case BROKER -> List.of(home.kafka().toString(), "" + ports.kafka(), "" + ports.controller());
      case POSTGRES ->
          List.of(home.postgres().toString(), "" + ports.postgres(), checkout.cache().toString());
      case STREAM, SINK, SCORING, SIMULATOR -> List.of();
    };
  }

  private Map<String, String> own(Service service) {
    return switch (service) {
      case BROKER, POSTGRES, SIMULATOR -> Map.of();
      case STREAM ->
          Map.of(
              "WEIR_STREAM_PORT",
              "" + ports.stream(),
              "WEIR_STREAM_STATE_DIR",
              home.state().resolve("stream").toString(),
              "WEIR_STREAM_GEO_FILE",
              "demo",
              "WEIR_STREAM_GOALS_FILE",
              "demo");
      case SINK -> sink();
      case SCORING ->
          Map.of(
              "WEIR_SCORING_PORT",
              "" + ports.scoring(),
              "WEIR_SCORING_STATE_DIR",
              home.state().resolve("scoring").toString(),
              "WEIR_SCORING_MODEL_DIR",
              home.model().toString(),
              "WEIR_SCORING_STARTER_MODEL",
              "demo",
              "WEIR_SCORING_STREAM_URL",
              "http://127.0.0.1:" + ports.stream());
    };
  }

  /**
   * The settings of lake-sink. It packs files often, because the short roll interval makes many
   * small files, which slow down queries.
   */
  private Map<String, String> sink() {
    return Map.of(
        "WEIR_SINK_PORT",
        "" + ports.sink(),
        "WEIR_SINK_ROLL_INTERVAL",
        "5s",
        "WEIR_SINK_MAINTENANCE_INTERVAL",
        "10m");
  }
}
