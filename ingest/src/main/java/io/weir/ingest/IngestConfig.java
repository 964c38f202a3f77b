package io.weir.ingest;

import io.weir.contract.Topic;
import io.weir.ingest.registry.RegistryAddress;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.tls.PeerTrust;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings from the environment.
 *
 * @param source the cluster of a topic that is a source
 * @param registry the schema registry of such a topic
 * @param stateDir the folder of the journals
 * @param streamUrl the stream application that reads the topic, if it is known
 * @param streamKey what it knows this command by, if it asks
 * @param trust whose certificates are taken of it
 */
record IngestConfig(
    KafkaConnection kafka,
    KafkaConnection source,
    Optional<RegistryAddress> registry,
    Topic raw,
    Path stateDir,
    Optional<String> streamUrl,
    Optional<String> streamKey,
    PeerTrust trust) {

  static IngestConfig from(Settings settings) {
    KafkaConnection kafka = KafkaConnection.from(settings);
    var config =
        new IngestConfig(
            kafka,
            source(settings, kafka),
            registry(settings),
            TopicSettings.topics(settings).raw(),
            settings.path("ingest.state-dir", Path.of(".weir", "ingest")),
            settings.text("ingest.stream-url").map(IngestConfig::withoutSlash),
            settings.secret("http.key"),
            PeerTrust.from(settings));
    settings.refuseUnknown("ingest", "kafka", "topic");
    return config;
  }

  /** The topic lies in Weir's own cluster, unless another is named. */
  private static KafkaConnection source(Settings settings, KafkaConnection own) {
    Map<String, String> client = settings.group("ingest.source.client");
    return settings
        .text("ingest.source.bootstrap-servers")
        .map(servers -> new KafkaConnection(servers, client, own.startTimeout()))
        .orElse(own);
  }

  private static Optional<RegistryAddress> registry(Settings settings) {
    Optional<String> user = settings.text("ingest.registry.user");
    Optional<String> password = settings.secret("ingest.registry.password");
    return settings.text("ingest.registry.url").map(url -> RegistryAddress.of(url, user, password));
  }

  /** The prefix of Weir's topics. */
  String prefix() {
    return raw.name().substring(0, raw.name().lastIndexOf('.'));
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
