package io.weir.tools.settings;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.lake.LakeSettings;
import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeLocation;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import java.util.List;

/** The settings of the tools: the locations of the lake, gold and Kafka, as in lake-sink. */
public record ToolSettings(
    KafkaConnection kafka, Topics topics, String prefix, Postgres postgres, LakeLocation lake) {

  /**
   * The settings of lake-sink only. Both programs may share one environment, so these are accepted
   * here.
   */
  private static final List<String> OF_THE_SERVICE =
      List.of(
          "sink.tables",
          "sink.roll-size",
          "sink.roll-interval",
          "sink.buffer-size",
          "sink.accept-lost-offsets",
          "sink.file-size",
          "sink.snapshot-age",
          "sink.orphan-age",
          "sink.retractions-keep",
          "sink.maintenance-interval",
          "sink.host",
          "sink.port");

  public static ToolSettings from(Settings settings) {
    Postgres postgres = Postgres.from(settings);
    var found =
        new ToolSettings(
            KafkaConnection.from(settings),
            TopicSettings.topics(settings),
            settings.text("topic.prefix", "clickstream"),
            postgres,
            LakeSettings.location(settings, postgres));
    OF_THE_SERVICE.forEach(settings::text);
    settings.refuseUnknown("sink", "kafka", "topic", "postgres");
    return found;
  }

  /** The topic from which bronze is filled. */
  public Topic raw() {
    return topics.raw();
  }
}
