package io.weir.tools.erase;

import io.weir.process.StartupException;
import io.weir.process.TopicProvisioner;
import io.weir.tools.settings.ToolSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tells stream-app which ids to forget, and writes tombstones to the compacted topic of identities.
 */
final class Announcement {
  private Announcement() {}

  static void send(ToolSettings settings, Set<String> visitors) {
    List<String> topics =
        List.of(settings.topics().erasures().name(), settings.topics().identities().name());
    TopicProvisioner.provision(
        settings.kafka(),
        settings.rights(),
        List.of(settings.topics().erasures(), settings.topics().identities()),
        _ -> {});
    sendTo(settings, topics, visitors);
  }

  private static void sendTo(ToolSettings settings, List<String> topics, Set<String> visitors) {
    var properties = settings.kafka().properties();
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (String visitor : visitors) {
        byte[] key = visitor.getBytes(StandardCharsets.UTF_8);
        topics.forEach(topic -> sent.add(producer.send(new ProducerRecord<>(topic, key, null))));
      }
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new StartupException(
          "Kafka did not accept all records of "
              + topics
              + ": "
              + e.getCause()
              + "; repeat the command",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted; repeat the command", e);
    }
  }
}
