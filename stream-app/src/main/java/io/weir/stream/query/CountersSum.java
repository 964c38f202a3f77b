package io.weir.stream.query;

import io.weir.stream.query.Status.PartitionStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The counters of several instances as one. */
final class CountersSum {
  /** Best first. What is not in it, of a newer version, is taken for the worst. */
  private static final List<String> STATES =
      List.of(
          "RUNNING",
          "REBALANCING",
          "CREATED",
          "STOPPING",
          "PENDING_SHUTDOWN",
          "NOT_RUNNING",
          "PENDING_ERROR",
          "ERROR");

  private static final Comparator<PartitionStatus> PROGRESS =
      Comparator.<PartitionStatus, Instant>comparing(partition -> time(partition.watermark()))
          .thenComparing(partition -> time(partition.settledUpTo()));

  private CountersSum() {}

  /**
   * @param all of one instance each
   */
  static LiveCounters of(List<LiveCounters> all, List<String> missing) {
    return new LiveCounters(
        status(all.stream().map(LiveCounters::status).toList(), missing.isEmpty()),
        all.stream().mapToLong(LiveCounters::openSessions).sum(),
        all.stream().mapToLong(LiveCounters::sessionsSkipped).sum(),
        all.size(),
        missing);
  }

  private static Status status(List<Status> all, boolean isWhole) {
    return new Status(
        worst(all),
        sum(all, Status::received),
        sum(all, Status::accepted),
        sum(all, Status::duplicate),
        sum(all, Status::rejected),
        sum(all, Status::rekeyed),
        sum(all, Status::late),
        sum(all, Status::sessionsClosed),
        sum(all, Status::sessionsRevised),
        sum(all, Status::sessionsRetracted),
        sum(all, Status::lag),
        isWhole && all.stream().allMatch(Status::settled),
        partitions(all));
  }

  private static long sum(List<Status> all, ToLongFunction<Status> field) {
    return all.stream().mapToLong(field).sum();
  }

  private static String worst(List<Status> all) {
    return all.stream()
        .map(Status::state)
        .max(Comparator.comparingInt(CountersSum::rank))
        .orElse("");
  }

  private static int rank(String state) {
    int place = STATES.indexOf(state);
    return place < 0 ? STATES.size() : place;
  }

  /** A partition that moves may be told by two for a moment: who has it now is further. */
  private static List<PartitionStatus> partitions(List<Status> all) {
    var partitions = new TreeMap<Integer, PartitionStatus>();
    all.stream()
        .map(Status::partitions)
        .flatMap(Collection::stream)
        .forEach(told -> partitions.merge(told.partition(), told, BinaryOperator.maxBy(PROGRESS)));
    return List.copyOf(partitions.values());
  }

  private static Instant time(@Nullable String text) {
    return text == null ? Instant.MIN : Instant.parse(text);
  }
}
