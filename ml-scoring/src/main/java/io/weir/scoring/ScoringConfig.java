package io.weir.scoring;

import io.weir.contract.Topics;
import io.weir.http.ListenAddress;
import io.weir.model.feature.Feature;
import io.weir.model.mlflow.MlflowClient;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicSettings;
import io.weir.process.access.KafkaNames;
import io.weir.scoring.registry.MlflowAlias;
import io.weir.scoring.registry.StarterModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of the service: the groups scoring, kafka and topic. */
record ScoringConfig(
    KafkaConnection kafka,
    Topics topics,
    String applicationId,
    ListenAddress listen,
    Path modelDir,
    StarterModel starterModel,
    Optional<MlflowAlias> mlflow,
    Duration modelCheckInterval,
    int reasons,
    int threads,
    Path stateDir,
    Duration commitInterval) {
  /**
   * The longest commit interval: a transaction must be committed well before the broker aborts it.
   */
  private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(5);

  /** A size above that of the largest session. */
  private static final long SESSION_BYTES = 256 << 10;

  private static final int FEWEST = 4;
  private static final int POLLED = 1_000;

  ScoringConfig {
    requireBetween("scoring.commit-interval", commitInterval, LONGEST_COMMIT_INTERVAL);
    requireBetween("scoring.model-check-interval", modelCheckInterval, Duration.ofDays(1));
  }

  private static void requireBetween(String key, Duration value, Duration most) {
    if (value.toMillis() < 1 || value.compareTo(most) > 0) {
      throw new StartupException(
          Settings.variable(key) + "=" + value + " is not a duration from 1ms to " + most);
    }
  }

  static ScoringConfig from(Settings settings) {
    Topics topics = TopicSettings.topics(settings);
    var config =
        new ScoringConfig(
            KafkaConnection.from(settings),
            topics,
            KafkaNames.scoringApplication(topics.prefix()),
            ListenAddress.from(settings, "scoring", 8182),
            settings.path("scoring.model-dir", Path.of(".weir", "model")),
            starterModel(settings.text("scoring.starter-model", StarterModel.NONE.word())),
            mlflow(settings),
            settings.duration("scoring.model-check-interval", Duration.ofSeconds(3)),
            settings.integer("scoring.reasons", 5, 0, Feature.values().length),
            settings.integer("scoring.threads", 1, 1, 64),
            settings.path("scoring.state-dir", Path.of(".weir", "state", "scoring")),
            settings.duration("scoring.commit-interval", Duration.ofMillis(100)));
    settings.refuseUnknown("scoring", "http", "kafka", "topic");
    return config;
  }

  private static Optional<MlflowAlias> mlflow(Settings settings) {
    String key = "scoring.mlflow-url";
    String url = settings.text(key, "");
    String model = settings.text("scoring.mlflow-model", "conversion");
    String alias = settings.text("scoring.mlflow-alias", "champion");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    URI address =
        MlflowClient.parse(url)
            .orElseThrow(() ->
                new StartupException(
                    Settings.variable(key) + " is not an address such as http://127.0.0.1:5000"));
    return Optional.of(new MlflowAlias(address, model, alias));
  }

  private static StarterModel starterModel(String word) {
    return StarterModel.named(word)
        .orElseThrow(() ->
            new StartupException(
                Settings.variable("scoring.starter-model")
                    + "="
                    + word
                    + " is not a starter model: "
                    + StarterModel.words()));
  }

  Properties streams() {
    var properties = new Properties();
    properties.putAll(kafka.properties());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // A killed instance's partitions move after ten seconds instead of 45.
    properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    // There is no global thread; without the setting every start logs a warning. The constant is
    // deprecated.
    properties.put("processing.exception.handler.global.enabled", true);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    memory(Runtime.getRuntime().maxMemory(), topics.sessions().partitions())
        .forEach(properties::putIfAbsent);
    return properties;
  }

  /**
   * Limits of records read ahead, which Kafka counts and does not weigh. If all sessions were as
   * large as possible, a poll would take an eighth of the heap, and the queues of all partitions a
   * quarter.
   */
  static Map<String, Integer> memory(long heap, int partitions) {
    return Map.of(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        Math.clamp(heap / 8 / SESSION_BYTES, FEWEST, POLLED),
        "buffered.records.per.partition",
        Math.clamp(heap / 4 / SESSION_BYTES / partitions, FEWEST, POLLED));
  }
}
