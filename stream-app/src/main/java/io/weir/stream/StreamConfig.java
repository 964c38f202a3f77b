package io.weir.stream;

import io.weir.contract.Topics;
import io.weir.http.ListenAddress;
import io.weir.process.KafkaConnection;
import io.weir.process.LogSettings;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicSettings;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.ServiceRights;
import io.weir.process.trace.Tracing;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.InternalTraffic;
import io.weir.stream.ingest.TimeRules;
import io.weir.stream.query.metrics.SessionDatabase;
import io.weir.stream.session.rules.BotRules;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.rules.SessionRules.Splits;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the stream application, read once and checked. */
public record StreamConfig(
    KafkaConnection kafka,
    Topics topics,
    String applicationId,
    Http http,
    Path stateDir,
    int threads,
    Group group,
    Query query,
    Sql sql,
    Shutdown shutdown,
    Memory memory,
    Commits commits,
    TimeRules timeRules,
    EventRules eventRules,
    SessionRules sessionRules,
    GoldRules goldRules,
    EnrichmentSettings enrichment,
    Duration idleTimeout,
    Duration closeInterval,
    Map<String, String> kafkaStreams,
    double traceRatio) {

  /**
   * The address that serves REST, the page and the metrics.
   *
   * @param advertisedHost the name under which other instances reach this one
   */
  public record Http(ListenAddress listen, String advertisedHost) {}

  /**
   * @param timeout for a question to another instance
   * @param scores of so many visitors are kept
   */
  public record Query(Duration timeout, int scores) {}

  /**
   * @param address of PostgreSQL with the rows of sessions; empty for none
   * @param timeout for a question to it
   */
  public record Sql(Optional<SessionDatabase.Address> address, Duration timeout) {}

  /**
   * @param drain between saying "not ready" and refusing connections
   * @param timeout for the stream client to commit and leave
   */
  public record Shutdown(Duration drain, Duration timeout) {}

  /**
   * Bounds on memory outside and inside the heap.
   *
   * @param rocksdb for all stores together: block cache, index and filter blocks, write buffers
   * @param cache visitors in use, decoded, on the heap
   */
  public record Memory(long rocksdb, long cache) {}

  /**
   * The intervals between commits.
   *
   * @param live while a partition keeps up with its producers
   * @param behind while it catches up: nobody waits for one record then, and fewer commits cost
   *     less
   */
  public record Commits(Duration live, Duration behind) {
    /** The transaction timeout stays at 10 s, so a longer interval would lose transactions. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    public Commits {
      require("commit-interval", live);
      require("catch-up-commit-interval", behind);
    }

    private static void require(String setting, Duration interval) {
      if (interval.compareTo(Duration.ofMillis(10)) < 0 || interval.compareTo(LONGEST) > 0) {
        throw new StartupException(
            "stream." + setting + " must be from 10 ms to 8 s, is " + interval);
      }
    }

    /** The longest interval between two commits. */
    Duration longest() {
      return live.compareTo(behind) > 0 ? live : behind;
    }
  }

  public static StreamConfig from(Settings settings) {
    return from(settings, http(settings));
  }

  /** For a command, which may share the service's environment and image, and does not listen. */
  static StreamConfig forCommand(Settings settings) {
    ListenAddress listen = ListenAddress.ofCommand(settings, "stream");
    return from(settings, new Http(listen, AdvertisedHost.from(settings, listen.host())));
  }

  private static StreamConfig from(Settings settings, Http http) {
    var config =
        new StreamConfig(
            KafkaConnection.from(settings),
            TopicSettings.topics(settings),
            TopicSettings.applicationId(settings),
            http,
            settings.path("stream.state-dir", Path.of(".weir", "state", "stream")),
            settings.integer("stream.threads", 1, 1, 256),
            Group.from(settings),
            query(settings),
            sql(settings),
            shutdown(settings),
            memory(settings),
            commits(settings),
            timeRules(settings),
            eventRules(settings),
            sessionRules(settings),
            goldRules(settings),
            EnrichmentSettings.from(settings),
            settings.duration("stream.idle-timeout", Duration.ofSeconds(30)),
            settings.duration("stream.close-interval", Duration.ofMillis(500)),
            settings.group("stream.kafka"),
            Tracing.ratio(settings));
    requireOwnApplication(settings, config);
    LogSettings.use(settings);
    settings.refuseUnknown("stream", "http", "site", "kafka", "topic", "postgres", "trace", "log");
    return config;
  }

  /** The rights in Kafka that this service needs. */
  ServiceRights rights() {
    return AccessCatalogue.streamApp(topics, applicationId);
  }

  /** A rebuild under the live application id would take the live group and state. */
  private static void requireOwnApplication(Settings settings, StreamConfig config) {
    String own = TopicSettings.usualApplicationId(settings);
    if (config.timeRules.hasCopiedTimes() && !config.applicationId.equals(own)) {
      throw new StartupException(
          "WEIR_STREAM_COPIED_TIMES=true needs WEIR_STREAM_APPLICATION_ID="
              + own
              + ", is "
              + config.applicationId
              + "; gold load looks for the former");
    }
  }

  private static Http http(Settings settings) {
    ListenAddress listen = ListenAddress.from(settings, "stream", 8180);
    String advertised = AdvertisedHost.from(settings, listen.host());
    return new Http(listen.alsoNamed(advertised), advertised);
  }

  private static Query query(Settings settings) {
    return new Query(
        settings.duration("stream.query-timeout", Duration.ofSeconds(1)),
        settings.integer("stream.score-memory", 50_000, 1, 10_000_000));
  }

  private static Sql sql(Settings settings) {
    String user = settings.text("postgres.user", "weir");
    String password = settings.secret("postgres.password").orElse("");
    return new Sql(
        settings.text("postgres.url").map(url -> new SessionDatabase.Address(url, user, password)),
        settings.duration("stream.sql-timeout", Duration.ofSeconds(10)));
  }

  private static Shutdown shutdown(Settings settings) {
    return new Shutdown(
        settings.duration("stream.shutdown-drain", Duration.ofMillis(500)),
        settings.duration("stream.shutdown-timeout", Duration.ofSeconds(20)));
  }

  private static Memory memory(Settings settings) {
    return new Memory(
        settings.bytes("stream.rocksdb-memory", 256L << 20),
        settings.bytes("stream.cache-memory", 64L << 20));
  }

  private static Commits commits(Settings settings) {
    return new Commits(
        settings.duration("stream.commit-interval", Duration.ofSeconds(1)),
        settings.duration("stream.catch-up-commit-interval", Duration.ofSeconds(5)));
  }

  private static TimeRules timeRules(Settings settings) {
    return new TimeRules(
        settings.duration("stream.max-future-skew", Duration.ofMinutes(5)),
        settings.duration("stream.max-event-age", Duration.ofDays(30)),
        settings.flag("stream.copied-times", false));
  }

  private static EventRules eventRules(Settings settings) {
    InternalTraffic internal = internalTraffic(settings);
    try {
      return new EventRules(
          list(settings, "stream.event-types").collect(Collectors.toSet()), internal);
    } catch (IllegalArgumentException e) {
      throw new StartupException("WEIR_STREAM_EVENT_TYPES: " + e.getMessage(), e);
    }
  }

  private static InternalTraffic internalTraffic(Settings settings) {
    String networks = "stream.internal-networks";
    try {
      return new InternalTraffic(
          list(settings, networks).map(InternalTraffic.Network::parse).toList(),
          list(settings, "stream.internal-flags").toList());
    } catch (IllegalArgumentException e) {
      throw new StartupException(Settings.variable(networks) + ": " + e.getMessage(), e);
    }
  }

  private static Stream<String> list(Settings settings, String key) {
    return Stream.of(settings.text(key, "").split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static SessionRules sessionRules(Settings settings) {
    try {
      return new SessionRules(
          settings.duration("stream.session-gap", Duration.ofMinutes(30)),
          settings.duration("stream.session-grace", Duration.ofSeconds(30)),
          settings.duration("stream.allowed-lateness", Duration.ofHours(24)),
          settings.duration("stream.session-max-duration", Duration.ofHours(24)),
          settings.integer("stream.session-max-events", SessionRules.MAX_EVENTS, 1, 100_000),
          settings.duration("stream.visitor-memory", Duration.ofDays(30)),
          visitorMaxBytes(settings),
          new Splits(
              settings.flag("stream.session-split-campaign", false),
              settings.text("stream.session-split-midnight").map(ZoneId::of)),
          new BotRules(
              settings.integer("stream.bot-events-per-minute", 120, 0, 1_000_000),
              settings.integer("stream.bot-steady-views", 20, 0, 1_000_000),
              settings.integer("stream.bot-distinct-views", 100, 0, 1_000_000)),
          GoalsFile.from(settings),
          FirstRevision.from(settings));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new StartupException("WEIR_STREAM_…: " + e.getMessage(), e);
    }
  }

  private static GoldRules goldRules(Settings settings) {
    String zone = settings.text("site.time-zone", "UTC");
    String quarters = "stream.gold-quarters";
    Duration kept = settings.duration(quarters, GoldRules.USUAL_QUARTERS);
    if (kept.compareTo(Duration.ofDays(1)) < 0) {
      throw new StartupException(Settings.variable(quarters) + " must be 1d or more, is " + kept);
    }
    try {
      return GoldRules.of(ZoneId.of(zone), kept);
    } catch (DateTimeException e) {
      throw new StartupException(
          Settings.variable("site.time-zone")
              + "="
              + zone
              + " is no time zone such as Europe/Berlin",
          e);
    }
  }

  private static int visitorMaxBytes(Settings settings) {
    String key = "stream.visitor-max-size";
    long bytes = settings.bytes(key, SessionRules.VISITOR_MAX_BYTES);
    if (bytes < 1 << 20 || bytes > 16 << 20) {
      throw new StartupException(Settings.variable(key) + " must lie between 1m and 16m");
    }
    return (int) bytes;
  }
}
