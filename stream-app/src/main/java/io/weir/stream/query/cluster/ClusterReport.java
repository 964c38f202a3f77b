package io.weir.stream.query.cluster;

import io.weir.process.streams.StreamRunner;
import io.weir.stream.ops.ConsumerLag;
import io.weir.stream.processor.StreamProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;

/** Puts together what each instance does, and how far this one is. */
public final class ClusterReport {
  private final Cluster cluster;
  private final StoreLags stores;
  private final StreamRunner runner;
  private final StreamProgress progress;
  private final ConsumerLag lag;

  public ClusterReport(
      Cluster cluster,
      StoreLags stores,
      StreamRunner runner,
      StreamProgress progress,
      ConsumerLag lag) {
    this.cluster = cluster;
    this.stores = stores;
    this.runner = runner;
    this.progress = progress;
    this.lag = lag;
  }

  public ClusterAnswers.Topology topology() {
    List<ClusterAnswers.Instance> instances =
        cluster.instances().stream()
            .map(this::instance)
            .sorted(Comparator.comparing(ClusterAnswers.Instance::address))
            .toList();
    return new ClusterAnswers.Topology(runner.state(), instances, runner.description());
  }

  private ClusterAnswers.Instance instance(StreamsMetadata member) {
    return new ClusterAnswers.Instance(
        member.host() + ":" + member.port(),
        member.hostInfo().equals(cluster.self()),
        numbers(member.topicPartitions()),
        numbers(member.standbyTopicPartitions()));
  }

  private static List<Integer> numbers(Set<TopicPartition> partitions) {
    var numbers = new TreeSet<Integer>();
    partitions.forEach(partition -> numbers.add(partition.partition()));
    return List.copyOf(numbers);
  }

  public ClusterAnswers.Lag lag() {
    var copies = new ArrayList<ClusterAnswers.StoreLag>();
    Set<Integer> active = progress.partitions().keySet();
    stores
        .all()
        .forEach((name, partitions) ->
            partitions.forEach((partition, behind) ->
                copies.add(
                    new ClusterAnswers.StoreLag(
                        name, partition, active.contains(partition), behind.offsetLag()))));
    copies.sort(
        Comparator.comparing(ClusterAnswers.StoreLag::store)
            .thenComparingInt(ClusterAnswers.StoreLag::partition));
    return new ClusterAnswers.Lag(lag.total(), lag.byPartition(), copies);
  }
}
