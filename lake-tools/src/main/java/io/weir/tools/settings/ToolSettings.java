package io.weir.tools.settings;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeLocation;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicSettings;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.ServiceRights;
import io.weir.process.tls.PeerTrust;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the tools: the locations of the lake, gold and Kafka, as in lake-sink.
 *
 * @param application the application id of stream-app, whose cells gold has
 * @param siteZone the time zone of gold's days, as in stream-app
 * @param quartersKept how long gold keeps buckets of 15 minutes in stream-app and in PostgreSQL
 * @param orderMemory how far apart two purchases of one order may lie, as in stream-app
 * @param rollInterval the longest time that lake-sink keeps records back
 * @param httpKey what services know a command by that asks them over HTTP
 * @param httpTrust whose certificates a command takes of them
 * @param alerts where the rules of alerts are and who is told
 */
public record ToolSettings(
    KafkaConnection kafka,
    Topics topics,
    String prefix,
    String application,
    Postgres postgres,
    LakeLocation lake,
    ZoneId siteZone,
    Duration quartersKept,
    Duration orderMemory,
    Duration rollInterval,
    Optional<String> httpKey,
    PeerTrust httpTrust,
    AlertSettings alerts) {
  private static final Duration QUARTERS = Duration.ofDays(35);
  private static final String SITE_ZONE = "site.time-zone";

  /**
   * The settings of lake-sink only. Both programs may share one environment, so these are accepted
   * here.
   */
  private static final List<String> OF_THE_SERVICE =
      List.of(
          "sink.tables",
          "sink.roll-size",
          "sink.buffer-size",
          "sink.accept-lost-offsets",
          "sink.file-size",
          "sink.snapshot-age",
          "sink.orphan-age",
          "sink.bronze-keep",
          "sink.silver-keep",
          "sink.retractions-keep",
          "sink.gold-sessions-keep",
          "sink.gold-restatements-keep",
          "sink.gold-alerts-keep",
          "sink.maintenance-interval",
          "sink.host",
          "sink.port",
          "sink.management-port");

  public static ToolSettings from(Settings settings) {
    Postgres postgres = Postgres.from(settings);
    var found =
        new ToolSettings(
            KafkaConnection.from(settings),
            TopicSettings.topics(settings),
            TopicSettings.prefix(settings),
            TopicSettings.applicationId(settings),
            postgres,
            LakeSettings.location(settings, postgres),
            siteZone(settings),
            shorter(
                settings.duration("stream.gold-quarters", QUARTERS),
                settings.duration("sink.gold-quarters-keep", QUARTERS)),
            orderMemory(settings),
            settings.duration("sink.roll-interval", Duration.ofSeconds(60)),
            settings.secret("http.key"),
            PeerTrust.from(settings),
            AlertSettings.from(settings));
    OF_THE_SERVICE.forEach(settings::text);
    settings.refuseUnknown("sink", "kafka", "topic", "postgres", "alert");
    return found;
  }

  /** Orders are remembered at least as long as a session can change. */
  private static Duration orderMemory(Settings settings) {
    Duration longestSession =
        settings
            .duration("stream.session-max-duration", Duration.ofHours(24))
            .plus(settings.duration("stream.allowed-lateness", Duration.ofHours(24)));
    Duration memory = settings.duration("stream.visitor-memory", Duration.ofDays(30));
    return memory.compareTo(longestSession) < 0 ? longestSession : memory;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static ZoneId siteZone(Settings settings) {
    String name = settings.text(SITE_ZONE, "UTC");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new StartupException(
          Settings.variable(SITE_ZONE) + "=" + name + " is not a time zone such as Europe/Berlin",
          e);
    }
  }

  /** The rights in Kafka that the commands need together. */
  public ServiceRights rights() {
    return AccessCatalogue.lakeTools(topics, application);
  }

  /** The topic from which bronze is filled. */
  public Topic raw() {
    return topics.raw();
  }
}
