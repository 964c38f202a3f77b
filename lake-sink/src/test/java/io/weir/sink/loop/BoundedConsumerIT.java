package io.weir.sink.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class BoundedConsumerIT {
  private static final int BUDGET = 4 << 20;
  private static final int LARGE = 900_000;
  private static final Duration POLL = Duration.ofMillis(500);

  @Test
  void polls_areBoundedInBytes_andBringEachRecordOnce(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().raw();
    byte[] large = "x".repeat(LARGE).getBytes(UTF_8);
    byte[] small = "small".getBytes(UTF_8);
    List<byte @Nullable []> parts = new ArrayList<>();
    parts.add(null);
    parts.add(small);
    parts.add(large);
    int sent = 0;
    for (int i = 0; i < 5; i++) {
      for (byte[] key : parts) {
        for (byte[] value : parts) {
          if (size(key) + size(value) < 2 * LARGE) {
            lake.send(new ProducerRecord<>(topic.name(), 0, key, value));
            sent++;
          }
        }
      }
      List<Header> headers = List.of(new RecordHeader("h", large));
      lake.send(new ProducerRecord<>(topic.name(), 0, null, null, null, headers));
      lake.send(new ProducerRecord<>(topic.name(), 0, null, null, small, headers));
      sent += 2;
    }

    var offsets = new ArrayList<Long>();
    try (Consumer<byte[], byte[]> consumer = factory.consumer("bounded")) {
      var partition = new TopicPartition(topic.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (offsets.size() < sent) {
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          offsets.add(record.offset());
          assertThat(record.serializedValueSize()).isEqualTo(size(record.value()));
          assertThat(record.serializedKeySize()).isEqualTo(size(record.key()));
          bytes += Math.max(0, size(record.key())) + Math.max(0, size(record.value()));
        }
        assertThat(bytes).isLessThanOrEqualTo(BUDGET + LARGE);
      }
    }

    assertThat(offsets).containsExactlyElementsOf(LongStream.range(0, sent).boxed().toList());
  }

  private static int size(byte @Nullable [] part) {
    return part == null ? -1 : part.length;
  }
}
