package io.weir.stream.query.live;

import io.weir.stream.query.cluster.StatusAnswer;
import io.weir.stream.query.cluster.StatusAnswer.PartitionStatus;
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
  /** The states, best first. An unknown state, of a newer version, counts as the worst. */
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
   * @param all the counters of each instance
   */
  static LiveCounters of(List<LiveCounters> all, List<String> missing) {
    return new LiveCounters(
        status(all.stream().map(LiveCounters::status).toList(), missing.isEmpty()),
        all.stream().mapToLong(LiveCounters::openSessions).sum(),
        all.stream().mapToLong(LiveCounters::sessionsSkipped).sum(),
        all.size(),
        missing);
  }

  private static StatusAnswer status(List<StatusAnswer> all, boolean isWhole) {
    return new StatusAnswer(
        worst(all),
        sum(all, StatusAnswer::received),
        sum(all, StatusAnswer::accepted),
        sum(all, StatusAnswer::duplicate),
        sum(all, StatusAnswer::rejected),
        sum(all, StatusAnswer::rekeyed),
        sum(all, StatusAnswer::late),
        sum(all, StatusAnswer::sessionsClosed),
        sum(all, StatusAnswer::sessionsRevised),
        sum(all, StatusAnswer::sessionsRetracted),
        sum(all, StatusAnswer::lag),
        isWhole && all.stream().allMatch(StatusAnswer::settled),
        partitions(all));
  }

  private static long sum(List<StatusAnswer> all, ToLongFunction<StatusAnswer> field) {
    return all.stream().mapToLong(field).sum();
  }

  private static String worst(List<StatusAnswer> all) {
    return all.stream()
        .map(StatusAnswer::state)
        .max(Comparator.comparingInt(CountersSum::rank))
        .orElse("");
  }

  private static int rank(String state) {
    int place = STATES.indexOf(state);
    return place < 0 ? STATES.size() : place;
  }

  /** Two instances may report a moving partition for a moment: its new owner is further. */
  private static List<PartitionStatus> partitions(List<StatusAnswer> all) {
    var partitions = new TreeMap<Integer, PartitionStatus>();
    all.stream()
        .map(StatusAnswer::partitions)
        .flatMap(Collection::stream)
        .forEach(told -> partitions.merge(told.partition(), told, BinaryOperator.maxBy(PROGRESS)));
    return List.copyOf(partitions.values());
  }

  private static Instant time(@Nullable String text) {
    return text == null ? Instant.MIN : Instant.parse(text);
  }
}
