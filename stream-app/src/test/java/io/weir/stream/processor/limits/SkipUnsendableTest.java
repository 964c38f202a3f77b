package io.weir.stream.processor.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topics;
import io.weir.contract.avro.RejectedRecord;
import io.weir.http.JsonLines;
import io.weir.process.LogSettings;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.testkit.CapturedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that its topic would not take, in a topology whose serializer says so. */
class SkipUnsendableTest {
  private static final String ANN = "ann@example.com";
  private static final Serializer<String> TOO_LARGE =
      (_, _) -> {
        throw new SerializationException("it is too large");
      };

  private final Topics topics = TopicSettings.topics(Settings.of(Map.of()));
  private final LongAdder unsendable = new LongAdder();

  @AfterEach
  void forgetKey() {
    LogSettings.use(Settings.of(Map.of()));
  }

  @Test
  void record_isCounted_refused_andLoggedWithItsVisitorsHash(@TempDir Path folder) {
    String key = "0123456789abcdef0123456789abcdef";
    LogSettings.use(Settings.of(Map.of("WEIR_LOG_VISITOR_KEY", key)));
    String events = topics.events().name();
    var topology =
        new Topology()
            .addSource("in", new StringDeserializer(), new StringDeserializer(), "in")
            .addSink("out", events, new StringSerializer(), TOO_LARGE, "in");
    try (var driver = new TopologyTestDriver(topology, properties(folder));
        var log = new CapturedLog(SkipUnsendable.class.getName(), new JsonLines())) {
      driver
          .createInputTopic("in", new StringSerializer(), new StringSerializer())
          .pipeInput(ANN, "x");

      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("a record was left out", "partition 0 offset 0")
          .endsWith(",\"visitor\":\"093e3dd9df95\"}")
          .doesNotContain(ANN);
      List<RejectedRecord> refused =
          driver
              .createOutputTopic(
                  topics.rejected().name(),
                  new ByteArrayDeserializer(),
                  AvroSerde.rejected().deserializer())
              .readValuesToList();
      assertThat(refused).extracting(RejectedRecord::getReason).containsExactly("unsendable");
    }
    assertThat(unsendable.sum()).isEqualTo(1);
  }

  private Properties properties(Path folder) {
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    properties.put("state.dir", folder.toString());
    SkipUnsendable.add(properties, topics, unsendable);
    return properties;
  }
}
