package io.weir.tools.doctor;

import io.weir.process.kafka.ReadOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * A consumer group: whether it has read, what has expired unread, and whether each partition of its
 * topics moves.
 *
 * @param service whose group it is
 * @param allowed how old an unread record may be
 * @param watched how long a partition with older ones has to move
 */
record GroupCheck(Admin admin, String service, String group, Duration allowed, Duration watched)
    implements Check {
  private static final String CHANGELOG = "-changelog";
  private static final int NAMED = 3;

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
    Map<TopicPartition, ReadPlace> places = places(read);
    var seen = new ArrayList<Finding>(expired(places));
    places.values().removeIf(place -> place.old() == 0);
    seen.add(places.isEmpty() ? Finding.ok(part(), "up to date") : watched(places, read));
    return seen;
  }

  /** Looks again at the partitions that have old unread records. */
  private Finding watched(Map<TopicPartition, ReadPlace> behind, Map<TopicPartition, Long> read)
      throws ExecutionException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(watched.toMillis());
    Map<TopicPartition, Long> now = committed();
    List<TopicPartition> still =
        behind.keySet().stream()
            .filter(each -> Objects.equals(now.get(each), read.get(each)))
            .toList();
    if (still.isEmpty()) {
      return Finding.warn(
          part(), old(behind) + ", it reads on", "wait, or add instances of " + service);
    }
    boolean isAll = still.size() == behind.size();
    String stood = " stood still for " + watched.toSeconds() + " s";
    return Finding.fail(
        part(),
        old(behind) + (isAll ? ", and it" : ", and " + named(still)) + stood,
        (isAll ? "" : "ask again, for a partition may have to wait for others; else ")
            + "look at /ready and into the log of "
            + service);
  }

  private String old(Map<TopicPartition, ReadPlace> behind) {
    return "%,d records that are older than %d s are unread"
        .formatted(behind.values().stream().mapToLong(ReadPlace::old).sum(), allowed.toSeconds());
  }

  private static String named(List<TopicPartition> partitions) {
    String first =
        partitions.stream()
            .limit(NAMED)
            .map(TopicPartition::toString)
            .collect(Collectors.joining(", "));
    int more = partitions.size() - NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
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

  /**
   * Whether somebody is in the group. The list of groups has those of all protocols, also of
   * streams, but silently leaves out what this user may not see; the description of one group is
   * refused then.
   */
  boolean hasMembers() throws ExecutionException, InterruptedException {
    Optional<GroupState> listed =
        admin.listGroups().all().get().stream()
            .filter(each -> each.groupId().equals(group))
            .flatMap(each -> each.groupState().stream())
            .findFirst();
    return listed.isPresent()
        ? listed.get() != GroupState.EMPTY && listed.get() != GroupState.DEAD
        : hasDescribedMembers();
  }

  private boolean hasDescribedMembers() throws ExecutionException, InterruptedException {
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
    var next = new HashMap<>(ReadOffsets.of(admin, group));
    next.keySet().removeIf(each -> isOwnChangelog(each.topic()));
    return next;
  }

  /**
   * No application reads its changelog as a group: an offset there is only a mark that a switch of
   * gold has carried the sums of erased persons.
   */
  private boolean isOwnChangelog(String topic) {
    return topic.startsWith(group + "-") && topic.endsWith(CHANGELOG);
  }

  /** All partitions of the topics that the group reads, also those that it never read. */
  private Map<TopicPartition, ReadPlace> places(Map<TopicPartition, Long> read)
      throws ExecutionException, InterruptedException {
    Set<TopicPartition> all = partitions(read.keySet());
    Map<TopicPartition, Long> begins = offsets(all, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
    long limit = Instant.now().minus(allowed).toEpochMilli();
    Map<TopicPartition, Long> newer = offsets(all, OffsetSpec.forTimestamp(limit));
    var places =
        new TreeMap<TopicPartition, ReadPlace>(
            Comparator.comparing(TopicPartition::topic)
                .thenComparingInt(TopicPartition::partition));
    for (TopicPartition each : all) {
      long begin = begins.getOrDefault(each, 0L);
      long end = ends.getOrDefault(each, 0L);
      places.put(
          each,
          new ReadPlace(read.getOrDefault(each, -1L), begin, end, newer.getOrDefault(each, -1L)));
    }
    return places;
  }

  private Set<TopicPartition> partitions(Set<TopicPartition> read)
      throws ExecutionException, InterruptedException {
    var all = new HashSet<>(read);
    Set<String> topics = read.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(each -> all.add(new TopicPartition(topic.name(), each.partition())));
    }
    return all;
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> of, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked =
        of.stream().collect(Collectors.toMap(each -> each, _ -> which));
    var found = new HashMap<TopicPartition, Long>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each :
        admin.listOffsets(asked).all().get().entrySet()) {
      found.put(each.getKey(), each.getValue().offset());
    }
    return found;
  }

  private List<Finding> expired(Map<TopicPartition, ReadPlace> places) {
    var seen = new ArrayList<Finding>();
    places.forEach((partition, place) -> {
      if (place.lost() > 0) {
        seen.add(
            Finding.fail(
                part(),
                "%,d records of %s have expired unread".formatted(place.lost(), partition),
                "let the topics keep records for longer than an outage lasts"));
      }
    });
    return seen;
  }
}
