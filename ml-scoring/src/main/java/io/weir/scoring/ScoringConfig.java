package io.weir.scoring;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.http.ListenAddress;
import io.weir.model.feature.Feature;
import io.weir.model.mlflow.MlflowClient;
import io.weir.process.KafkaConnection;
import io.weir.process.LogSettings;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicSettings;
import io.weir.process.access.KafkaNames;
import io.weir.process.trace.Tracing;
import io.weir.scoring.registry.MlflowAlias;
import io.weir.scoring.registry.ModelKind;
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
    Optional<MlflowAliases> mlflow,
    Optional<URI> stream,
    Duration modelCheckInterval,
    int reasons,
    int clickVisitors,
    int threads,
    Path stateDir,
    Duration commitInterval,
    double traceRatio) {
  /**
   * The longest commit interval: a transaction must be committed well before the broker aborts it.
   */
  private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(5);

  /** A size above that of the largest session, and of the largest event. */
  private static final long RECORD_BYTES = 256 << 10;

  /** A stream beside the main one takes so much less memory. */
  private static final int SIDE = 4;

  private static final int SIDE_FETCHED = 8 << 20;

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
            stream(settings),
            settings.duration("scoring.model-check-interval", Duration.ofSeconds(3)),
            settings.integer("scoring.reasons", 5, 0, Feature.values().length),
            settings.integer("scoring.click-visitors", 100_000, 1, 10_000_000),
            settings.integer("scoring.threads", 1, 1, 64),
            settings.path("scoring.state-dir", Path.of(".weir", "state", "scoring")),
            settings.duration("scoring.commit-interval", Duration.ofMillis(100)),
            Tracing.ratio(settings));
    LogSettings.use(settings);
    settings.refuseUnknown("scoring", "http", "kafka", "topic", "trace", "log");
    return config;
  }

  /** The aliases that the service follows in MLflow. */
  record MlflowAliases(
      MlflowAlias champion, MlflowAlias challenger, MlflowAlias clicks, MlflowAlias returns) {}

  private static Optional<MlflowAliases> mlflow(Settings settings) {
    String key = "scoring.mlflow-url";
    String url = settings.text(key, "");
    String model = settings.text("scoring.mlflow-model", "conversion");
    String alias = settings.text("scoring.mlflow-alias", "champion");
    String challenger = settings.text("scoring.mlflow-challenger-alias", "challenger");
    String clicks = settings.text("scoring.mlflow-click-model", ModelKind.CLICK.modelName());
    String returns = settings.text("scoring.mlflow-return-model", ModelKind.RETURN.modelName());
    if (url.isEmpty()) {
      return Optional.empty();
    }
    URI address =
        MlflowClient.parse(url)
            .orElseThrow(() ->
                new StartupException(
                    Settings.variable(key) + " is not an address such as http://127.0.0.1:5000"));
    return Optional.of(
        new MlflowAliases(
            new MlflowAlias(address, model, alias),
            new MlflowAlias(address, model, challenger),
            new MlflowAlias(address, clicks, alias),
            new MlflowAlias(address, returns, alias)));
  }

  /** The stream-app to ask for open sessions. */
  private static Optional<URI> stream(Settings settings) {
    String key = "scoring.stream-url";
    String url = settings.text(key, "");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        MlflowClient.parse(url)
            .filter(address -> address.getUserInfo() == null)
            .orElseThrow(() ->
                new StartupException(
                    Settings.variable(key) + " is not an address such as http://127.0.0.1:8180")));
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

  /** The folder of click models, where {@code train} puts them. */
  Path clickModelDir() {
    return modelDir.resolve(ModelKind.CLICK.modelName());
  }

  /** The folder of return models, where {@code train} puts them. */
  Path returnModelDir() {
    return modelDir.resolve(ModelKind.RETURN.modelName());
  }

  /** The stream of a model beside the conversion champion, an application of its own. */
  Properties sideStreams(String name) {
    Properties properties = streams();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId + "-" + name);
    properties.put(
        StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.clickScores().replication());
    // The past of an erased visitor leaves the changelog, which would keep it for ever otherwise.
    properties.put("topic.max.compaction.lag.ms", Topic.LONGEST_UNCOMPACTED.toMillis());
    // Up to two topics of the same partitions.
    properties.putAll(
        memory(Runtime.getRuntime().maxMemory() / SIDE, 2 * topics.sessions().partitions()));
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, SIDE_FETCHED);
    return properties;
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
        Math.clamp(heap / 8 / RECORD_BYTES, FEWEST, POLLED),
        "buffered.records.per.partition",
        Math.clamp(heap / 4 / RECORD_BYTES / partitions, FEWEST, POLLED));
  }
}
