package io.weir.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorPartitionTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "visitor-17", "47dc43895814861e21a2edf93348c826", "ünïcode-✓"})
  void partition_isThatOfKafkasProducer(String visitor) {
    byte[] key = visitor.getBytes(StandardCharsets.UTF_8);

    assertThat(VisitorPartition.of(visitor, 12))
        .isEqualTo(BuiltInPartitioner.partitionForKey(key, 12));
  }
}
