package io.weir.stream.query.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/** The answers about instances: what each does, and how far it is. */
public final class ClusterAnswers {
  private ClusterAnswers() {}

  /**
   * @param steps the data flow as Kafka Streams describes it
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Topology(String state, List<Instance> instances, String steps) {}

  /** Partitions by topic; standby ones are warm copies. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Instance(
      String address,
      boolean self,
      List<Integer> activePartitions,
      List<Integer> standbyPartitions) {}

  /**
   * @param records raw records this instance has not read yet, by partition; a partition without
   *     lag has no entry
   * @param stores changes that the copies on this instance have not seen yet
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Lag(long total, Map<Integer, Long> records, List<StoreLag> stores) {}

  /** One store of one partition. */
  public record StoreLag(String store, int partition, boolean active, long lag) {}
}
