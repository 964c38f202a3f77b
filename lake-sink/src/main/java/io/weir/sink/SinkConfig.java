package io.weir.sink;

import io.weir.contract.GoldTopic;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.http.ListenAddress;
import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeLocation;
import io.weir.process.KafkaConnection;
import io.weir.process.LogSettings;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicSettings;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.ServiceRights;
import io.weir.process.trace.Tracing;
import io.weir.sink.gold.KeepRules;
import io.weir.sink.maintenance.MaintenanceRules;
import io.weir.sink.write.RollPolicy;
import java.time.Duration;

/**
 * The settings of the service.
 *
 * @param cells the topic of gold's cells, which only Kafka Streams creates
 */
record SinkConfig(
    KafkaConnection kafka,
    Topics topics,
    Topic cells,
    String prefix,
    Postgres postgres,
    LakeLocation lake,
    TableChoice tables,
    RollPolicy roll,
    long bufferSize,
    boolean acceptsLostOffsets,
    MaintenanceRules maintenance,
    Duration maintenanceInterval,
    KeepRules kept,
    ListenAddress listen,
    double traceRatio) {

  private static final String ORPHAN_AGE = "sink.orphan-age";
  private static final Duration LEAST_ORPHAN_AGE = Duration.ofHours(1);
  private static final String QUARTERS_KEEP = "sink.gold-quarters-keep";
  private static final Duration LEAST_BRONZE = Duration.ofDays(2);

  /** Events are up to 30 days old when they come, and sessions are revised for a few days. */
  private static final Duration LEAST_SILVER = Duration.ofDays(35);

  /** As long as gold has cells of 15 minutes, for which alerts are decided again. */
  private static final Duration LEAST_BOOKS = Duration.ofDays(35);

  private static final Duration LEAST_QUARTERS = Duration.ofDays(1);
  private static final long LEAST_FILE = 1L << 20;
  private static final int PORT = 8181;
  private static final long ROLL_SIZE = 128L << 20;
  private static final long BUFFER_SIZE = 128L << 20;
  private static final long LEAST_BUFFER = 4L << 20;

  SinkConfig {
    if (bufferSize < LEAST_BUFFER) {
      throw new StartupException(
          Settings.variable("sink.buffer-size") + "=" + bufferSize + " is less than 4mb");
    }
  }

  static SinkConfig from(Settings settings) {
    return from(settings, ListenAddress.from(settings, "sink", PORT));
  }

  /** For a command, which may share the service's environment and image, and does not listen. */
  static SinkConfig forCommand(Settings settings) {
    return from(settings, ListenAddress.ofCommand(settings, "sink"));
  }

  private static SinkConfig from(Settings settings, ListenAddress listen) {
    Postgres postgres = Postgres.from(settings);
    Topics topics = TopicSettings.topics(settings);
    var config =
        new SinkConfig(
            KafkaConnection.from(settings),
            topics,
            cells(topics, TopicSettings.applicationId(settings)),
            TopicSettings.prefix(settings),
            postgres,
            LakeSettings.location(settings, postgres),
            TableChoice.from(settings),
            roll(settings),
            settings.bytes("sink.buffer-size", BUFFER_SIZE),
            settings.flag("sink.accept-lost-offsets", false),
            maintenance(settings),
            settings.duration("sink.maintenance-interval", Duration.ofHours(1)),
            kept(settings),
            listen,
            Tracing.ratio(settings));
    LogSettings.use(settings);
    settings.refuseUnknown("sink", "http", "kafka", "topic", "postgres", "trace", "log");
    return config;
  }

  /** The rights in Kafka of a service that fills all tables. */
  ServiceRights rights() {
    return AccessCatalogue.lakeSink(topics, cells.name());
  }

  private static Topic cells(Topics topics, String applicationId) {
    Topic sessions = topics.sessions();
    return Topic.compacted(
        GoldTopic.name(applicationId), sessions.partitions(), sessions.replication());
  }

  private static RollPolicy roll(Settings settings) {
    Duration interval = settings.duration("sink.roll-interval", Duration.ofSeconds(60));
    long bytes = settings.bytes("sink.roll-size", ROLL_SIZE);
    if (interval.isZero() || bytes == 0) {
      throw new StartupException(
          Settings.variable("sink.roll-interval")
              + " and "
              + Settings.variable("sink.roll-size")
              + " must be more than zero");
    }
    return new RollPolicy(bytes, interval);
  }

  private static KeepRules kept(Settings settings) {
    var kept =
        new KeepRules(
            settings.duration(QUARTERS_KEEP, Duration.ofDays(35)),
            settings.duration("sink.gold-sessions-keep", Duration.ZERO),
            atLeast(settings, "sink.gold-restatements-keep", LEAST_BOOKS),
            atLeast(settings, "sink.gold-alerts-keep", LEAST_BOOKS));
    if (kept.quarters().compareTo(LEAST_QUARTERS) < 0) {
      throw new StartupException(
          Settings.variable(QUARTERS_KEEP) + " must be 1d or more, is " + kept.quarters());
    }
    return kept;
  }

  private static MaintenanceRules.Kept keptInTheLake(Settings settings) {
    return new MaintenanceRules.Kept(
        atLeast(settings, "sink.bronze-keep", LEAST_BRONZE),
        atLeast(settings, "sink.silver-keep", LEAST_SILVER),
        settings.duration("sink.retractions-keep", Duration.ofDays(30)));
  }

  private static Duration atLeast(Settings settings, String name, Duration least) {
    Duration kept = settings.duration(name, Duration.ZERO);
    if (!kept.isZero() && kept.compareTo(least) < 0) {
      throw new StartupException(
          Settings.variable(name)
              + " must be "
              + least.toDays()
              + "d or more, or 0s for good, is "
              + kept);
    }
    return kept;
  }

  private static MaintenanceRules maintenance(Settings settings) {
    var rules =
        new MaintenanceRules(
            settings.bytes("sink.file-size", ROLL_SIZE),
            settings.duration("sink.snapshot-age", Duration.ofHours(12)),
            settings.duration(ORPHAN_AGE, Duration.ofHours(24)),
            keptInTheLake(settings));
    if (rules.orphanAge().compareTo(LEAST_ORPHAN_AGE) < 0) {
      throw new StartupException(
          Settings.variable(ORPHAN_AGE)
              + "="
              + rules.orphanAge()
              + " is less than 1h: a writer may still commit the file");
    }
    if (rules.fileBytes() < LEAST_FILE) {
      throw new StartupException(
          Settings.variable("sink.file-size") + "=" + rules.fileBytes() + " is less than 1mb");
    }
    return rules;
  }
}
