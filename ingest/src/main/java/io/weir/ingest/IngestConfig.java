package io.weir.ingest;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.tls.PeerTrust;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings from the environment.
 *
 * @param stateDir the folder of the journals
 * @param streamUrl the stream application that reads the topic, if it is known
 * @param streamKey what it knows this command by, if it asks
 * @param trust whose certificates are taken of it
 */
record IngestConfig(
    KafkaConnection kafka,
    Topic raw,
    Path stateDir,
    Optional<String> streamUrl,
    Optional<String> streamKey,
    PeerTrust trust) {

  static IngestConfig from(Settings settings) {
    var config =
        new IngestConfig(
            KafkaConnection.from(settings),
            TopicSettings.topics(settings).raw(),
            settings.path("ingest.state-dir", Path.of(".weir", "ingest")),
            settings.text("ingest.stream-url").map(IngestConfig::withoutSlash),
            settings.secret("http.key"),
            PeerTrust.from(settings));
    settings.refuseUnknown("ingest", "kafka", "topic");
    return config;
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
