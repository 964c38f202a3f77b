package io.weir.local.platform;

import io.weir.process.JvmFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The processes of the platform, in the order in which they start. */
public enum Service {
  BROKER("Kafka broker", "local", "io.weir.local.server.BrokerMain", 512),
  POSTGRES("PostgreSQL", "local", "io.weir.local.server.PostgresMain", 64),
  STREAM("stream-app", "stream-app", "io.weir.stream.Main", 768),
  SINK("lake-sink", "lake-sink", "io.weir.sink.Main", 512),
  SCORING("ml-scoring", "ml-scoring", "io.weir.scoring.Main", 256),
  SIMULATOR("simulator", "simulator", "io.weir.simulator.Main", 256);

  /** The part that a process plays for the others; the kinds end in the opposite order. */
  enum Kind {
    SERVER,
    SERVICE,
    SOURCE;

    static List<Kind> inOrderOfEnd() {
      return List.of(values()).reversed();
    }

    /**
     * The kind of the process with that name. Brokers may have a number; another process that is no
     * service is a source of records.
     */
    static Kind of(String name) {
      return named(name.startsWith(BROKER.id() + "-") ? BROKER.id() : name)
          .map(Service::kind)
          .orElse(SOURCE);
    }
  }

  /** The file of performance data in the temporary folder would outlive a killed process. */
  private static final String NO_PERFORMANCE_FILE = "-XX:-UsePerfData";

  private final String title;
  private final String module;
  private final String mainClass;
  private final int heapMegabytes;

  Service(String title, String module, String mainClass, int heapMegabytes) {
    this.title = title;
    this.module = module;
    this.mainClass = mainClass;
    this.heapMegabytes = heapMegabytes;
  }

  /** The name of its log and pid file, which is also the argument of {@code logs}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String title() {
    return title;
  }

  public String module() {
    return module;
  }

  public String mainClass() {
    return mainClass;
  }

  Kind kind() {
    return switch (this) {
      case BROKER, POSTGRES -> Kind.SERVER;
      case STREAM, SINK, SCORING -> Kind.SERVICE;
      case SIMULATOR -> Kind.SOURCE;
    };
  }

  public String portOption() {
    return "--" + (this == BROKER ? "kafka" : id()) + "-port";
  }

  /** Whether the service answers {@code /ready} over HTTP. */
  public boolean speaksHttp() {
    return this == STREAM || this == SINK || this == SCORING;
  }

  List<String> javaFlags() {
    var flags = new ArrayList<String>();
    flags.add("-Xmx" + heapMegabytes + "m");
    flags.add(NO_PERFORMANCE_FILE);
    flags.addAll(JvmFlags.ofServices());
    flags.addAll(JvmFlags.ofAll());
    if (this == BROKER || this == POSTGRES) {
      // The launcher logs nothing itself, but the servers in its process do.
      flags.add("-Dlogback.configurationFile=logback-server.xml");
    }
    return flags;
  }

  /** The service with that id or title. */
  public static Optional<Service> named(String name) {
    for (Service service : values()) {
      if (service.id().equals(name) || service.title.equalsIgnoreCase(name)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }
}
