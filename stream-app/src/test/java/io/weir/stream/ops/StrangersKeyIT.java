package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicProvisioner;
import io.weir.process.TopicSettings;
import io.weir.testkit.RealBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrangersKeyIT {
  private static final int INSTANCES = 6;

  @Test
  void instancesThatStartTogether_haveTheSameKey(@TempDir Path folder) throws Exception {
    try (var broker = RealBroker.start(folder.resolve("kafka"));
        var threads = Executors.newFixedThreadPool(INSTANCES)) {
      var settings = Settings.of(Map.of("WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()));
      var kafka = KafkaConnection.from(settings);
      var topic = TopicSettings.topics(settings).strangersKey();
      assertThatThrownBy(() -> new StrangersKey(kafka, topic.name()).get())
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("WEIR_STREAM_PSEUDONYM_KEY");
      try (Admin admin = kafka.admin()) {
        assertThat(new TopicProvisioner(admin, _ -> {}).ensure(List.of(topic))).isEmpty();
      }

      List<Future<String>> keys = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        keys.add(threads.submit(() -> new StrangersKey(kafka, topic.name()).get()));
      }
      var found = new HashSet<String>();
      for (Future<String> key : keys) {
        found.add(key.get());
      }

      assertThat(found).hasSize(1);
      assertThat(found.iterator().next()).hasSize(64);
      assertThat(new StrangersKey(kafka, topic.name()).get()).isEqualTo(found.iterator().next());
    }
  }
}
