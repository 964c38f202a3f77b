package io.weir.local.drill;

import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.process.kafka.ReadOffsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Watches how far stream-app's commits are behind the raw topic. */
final class LagWatch implements AutoCloseable {
  private final Admin admin;
  private final String group;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, LagClock> clocks = new HashMap<>();

  LagWatch(Map<String, String> client) {
    Settings settings = Settings.of(client);
    var topic = TopicSettings.topics(settings).raw();
    this.admin = KafkaConnection.from(settings).admin();
    this.group = TopicSettings.applicationId(settings);
    this.partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList();
  }

  /** The seconds that the slowest partition is behind now. */
  double sample() throws InterruptedException {
    try {
      var ends =
          admin
              .listOffsets(
                  partitions.stream()
                      .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())))
              .all()
              .get();
      Map<TopicPartition, Long> read = ReadOffsets.of(admin, group);
      long now = System.nanoTime();
      double most = 0;
      for (TopicPartition partition : partitions) {
        long committed = read.getOrDefault(partition, 0L);
        LagClock clock = clocks.computeIfAbsent(partition, _ -> new LagClock());
        most = Math.max(most, clock.sample(now, end(ends, partition), committed));
      }
      return most;
    } catch (ExecutionException e) {
      throw new DrillFailedException(e.getCause());
    }
  }

  /** The node that leads the first partition. */
  int leader() throws InterruptedException {
    TopicPartition first = partitions.getFirst();
    try {
      return admin
          .describeTopics(List.of(first.topic()))
          .allTopicNames()
          .get()
          .values()
          .iterator()
          .next()
          .partitions()
          .get(first.partition())
          .leader()
          .id();
    } catch (ExecutionException e) {
      throw new DrillFailedException(e.getCause());
    }
  }

  private static long end(
      Map<TopicPartition, ListOffsetsResultInfo> ends, TopicPartition partition) {
    ListOffsetsResultInfo end = ends.get(partition);
    return end == null ? 0 : end.offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
