package io.weir.benchmarks.topic;

import io.weir.process.StartupException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The topics of a broker: counts their records and bytes, and deletes them. */
public final class TopicStore {
  private final Admin admin;

  public TopicStore(Admin admin) {
    this.admin = admin;
  }

  /** The records of a topic; 0 where it does not exist. */
  public long records(String topic, int partitions) {
    if (!names().contains(topic)) {
      return 0;
    }
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(at -> at, _ -> OffsetSpec.latest()));
    return get(admin.listOffsets(latest).all()).values().stream()
        .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
        .sum();
  }

  /** Deletes what runs have written: topics of one of the prefixes, except the kept one. */
  public void delete(List<String> prefixes, String kept) {
    List<String> written =
        names().stream()
            .filter(name -> !name.equals(kept) && prefixes.stream().anyMatch(name::startsWith))
            .toList();
    get(admin.deleteTopics(written).all());
  }

  /** Bytes on disk by topic, compressed as they are. */
  public Map<String, Long> bytes() {
    var bytes = new TreeMap<String, Long>();
    get(admin.describeLogDirs(List.of(brokerId())).allDescriptions()).values().stream()
        .flatMap(dirs -> dirs.values().stream())
        .map(LogDirDescription::replicaInfos)
        .forEach(replicas ->
            replicas.forEach((at, info) -> bytes.merge(at.topic(), info.size(), Long::sum)));
    return bytes;
  }

  private int brokerId() {
    return get(admin.describeCluster().nodes()).iterator().next().id();
  }

  private Collection<String> names() {
    return get(admin.listTopics().names());
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static StartupException failed(ExecutionException e) {
    return new StartupException("the broker refuses: " + e.getCause(), e);
  }

  private static StartupException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StartupException("interrupted while asking the broker", e);
  }
}
