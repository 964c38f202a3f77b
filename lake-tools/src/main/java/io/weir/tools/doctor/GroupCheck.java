package io.weir.tools.doctor;

import io.weir.process.kafka.ReadOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * A consumer group: whether it has read, what has expired unread, and whether it moves.
 *
 * @param service whose group it is
 * @param allowed how old an unread record may be
 * @param watched how long a group with older ones has to move
 */
record GroupCheck(Admin admin, String service, String group, Duration allowed, Duration watched)
    implements Check {
  /** The ends of transactions take offsets, too, and nobody reads them. */
  private static final long MARKERS = 2;

  @Override
  public String part() {
    return "lag";
  }

  @Override
  public List<Finding> look() throws ExecutionException, InterruptedException {
    return ofGroup().stream().map(each -> each.of(group)).toList();
  }

  private List<Finding> ofGroup() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> read = committed();
    if (read.isEmpty()) {
      return List.of(unread());
    }
    var seen = new ArrayList<Finding>(expired(read));
    long old = oldUnread(read);
    if (old == 0) {
      seen.add(Finding.ok(part(), "up to date"));
      return seen;
    }
    TimeUnit.MILLISECONDS.sleep(watched.toMillis());
    boolean moves = !committed().equals(read);
    String text =
        "%,d records that are older than %d s are unread".formatted(old, allowed.toSeconds());
    seen.add(
        moves
            ? Finding.warn(part(), text + ", it reads on", "wait, or add instances of " + service)
            : Finding.fail(
                part(),
                "%s, and it stood still for %d s".formatted(text, watched.toSeconds()),
                "look at /ready and into the log of " + service));
    return seen;
  }

  /** A topic without records leaves its group without offsets, but with members. */
  private Finding unread() throws ExecutionException, InterruptedException {
    if (hasMembers()) {
      return Finding.ok(part(), "it is there and has read nothing yet");
    }
    return Finding.fail(
        part(),
        "it has read nothing yet, and nobody is in it",
        "start " + service + ", or look into its log; is WEIR_TOPIC_PREFIX right?");
  }

  boolean hasMembers() throws ExecutionException, InterruptedException {
    try {
      var described = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
      return described != null && !described.members().isEmpty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
    return ReadOffsets.of(admin, group);
  }

  /** The records that were there a while ago and are not read. */
  private long oldUnread(Map<TopicPartition, Long> read)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = offsets(read, OffsetSpec.latest());
    long limit = Instant.now().minus(allowed).toEpochMilli();
    Map<TopicPartition, Long> newer = offsets(read, OffsetSpec.forTimestamp(limit));
    long old = 0;
    for (var each : read.entrySet()) {
      long end = ends.getOrDefault(each.getKey(), 0L) - MARKERS;
      long firstNewer = newer.getOrDefault(each.getKey(), -1L);
      // Without a newer record all that are there are old.
      old += Math.max(0, (firstNewer < 0 ? end : firstNewer) - each.getValue());
    }
    return old;
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, Long> of, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked =
        of.keySet().stream().collect(Collectors.toMap(each -> each, _ -> which));
    var found = new HashMap<TopicPartition, Long>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each :
        admin.listOffsets(asked).all().get().entrySet()) {
      found.put(each.getKey(), each.getValue().offset());
    }
    return found;
  }

  private List<Finding> expired(Map<TopicPartition, Long> read)
      throws ExecutionException, InterruptedException {
    var seen = new ArrayList<Finding>();
    offsets(read, OffsetSpec.earliest())
        .forEach((partition, begin) -> {
          long lost = begin - read.getOrDefault(partition, begin);
          if (lost > 0) {
            seen.add(
                Finding.fail(
                    part(),
                    "%,d records of %s have expired unread".formatted(lost, partition),
                    "let the topics keep records for longer than an outage lasts"));
          }
        });
    return seen;
  }
}
