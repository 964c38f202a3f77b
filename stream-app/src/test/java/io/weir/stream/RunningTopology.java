package io.weir.stream;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.trace.Tracing;
import io.weir.stream.enrich.Enricher;
import io.weir.stream.processor.IngestCounts;
import io.weir.stream.processor.StreamProgress;
import io.weir.stream.processor.StreamSettings;
import io.weir.stream.processor.visitors.VisitorCache;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology on one partition without a broker, with the usual settings. */
final class RunningTopology implements AutoCloseable {
  final Topics topics = TopicSettings.topics(Settings.of(Map.of("WEIR_TOPIC_PARTITIONS", "1")));
  final IngestCounts counts = new IngestCounts();
  final StreamProgress progress = new StreamProgress();
  final TopologyTestDriver driver;
  final TestInputTopic<byte[], byte[]> raw;

  RunningTopology(Path stateDir, Instant now, Enricher enricher) {
    this(stateDir, now, enricher, 1 << 20);
  }

  /**
   * @param cacheBytes for visitors in memory
   */
  RunningTopology(Path stateDir, Instant now, Enricher enricher, int cacheBytes) {
    this(stateDir, now, enricher, cacheBytes, Tracing.off());
  }

  RunningTopology(Path stateDir, Instant now, Enricher enricher, int cacheBytes, Tracing tracing) {
    StreamConfig config = StreamConfig.from(Settings.of(Map.of()));
    var settings =
        new StreamSettings(
            topics,
            1,
            config.timeRules(),
            config.eventRules(),
            config.sessionRules(),
            config.goldRules(),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            enricher,
            List::of,
            new VisitorCache(cacheBytes),
            _ -> OptionalLong.of(0),
            tracing);
    var properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "none:1");
    properties.put("state.dir", stateDir.toString());
    driver =
        new TopologyTestDriver(
            ClickstreamTopology.build(settings, counts, progress), properties, now);
    raw =
        driver.createInputTopic(
            topics.raw().name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  <T extends SpecificRecordBase> List<KeyValue<String, T>> records(
      Topic topic, AvroSerde<T> serde) {
    return driver
        .createOutputTopic(topic.name(), new StringDeserializer(), serde.deserializer())
        .readKeyValuesToList();
  }

  <T extends SpecificRecordBase> List<T> values(Topic topic, AvroSerde<T> serde) {
    return this.<T>records(topic, serde).stream().map(record -> record.value).toList();
  }

  /** Drops what was written so far: the driver keeps every record, of changelogs too. */
  void forgetOutput() {
    for (String name : driver.producedTopicNames()) {
      driver
          .createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList();
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
