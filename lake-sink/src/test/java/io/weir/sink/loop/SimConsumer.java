package io.weir.sink.loop;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The part of a Kafka consumer that a loop uses, over a topic and a group in memory. */
final class SimConsumer {
  private static final int MOST_RECORDS = 6;

  private final Simulation world;
  private final SimTwin twin;
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Set<Integer> toAssign = new TreeSet<>();
  private final Set<Integer> toRevoke = new TreeSet<>();
  private @Nullable ConsumerRebalanceListener listener;

  SimConsumer(Simulation world, SimTwin twin) {
    this.world = world;
    this.twin = twin;
  }

  void assign(int partition) {
    toRevoke.remove(partition);
    toAssign.add(partition);
  }

  void revoke(int partition) {
    toAssign.remove(partition);
    toRevoke.add(partition);
  }

  @SuppressWarnings("unchecked")
  Consumer<byte[], byte[]> consumer() {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            SimConsumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, given) -> call(method, given == null ? new Object[0] : given));
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object call(Method method, Object[] given) {
    return switch (method.getName()) {
      case "subscribe" -> subscribe((ConsumerRebalanceListener) given[1]);
      case "poll" -> poll();
      case "pause" -> pause((Collection<TopicPartition>) given[0]);
      case "resume" -> resume((Collection<TopicPartition>) given[0]);
      case "paused" -> Set.copyOf(paused);
      case "assignment" -> Set.copyOf(assigned);
      case "seek" -> seek((TopicPartition) given[0], (Long) given[1]);
      case "beginningOffsets" -> ends((Collection<TopicPartition>) given[0], false);
      case "endOffsets" -> ends((Collection<TopicPartition>) given[0], true);
      case "currentLag" -> OptionalLong.of(0);
      case "commitAsync" -> null;
      case "close" -> leave();
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private @Nullable Object subscribe(ConsumerRebalanceListener given) {
    listener = given;
    world.group().join(this);
    return null;
  }

  private @Nullable Object pause(Collection<TopicPartition> partitions) {
    paused.addAll(partitions);
    return null;
  }

  private @Nullable Object resume(Collection<TopicPartition> partitions) {
    paused.removeAll(partitions);
    return null;
  }

  private @Nullable Object seek(TopicPartition partition, long offset) {
    positions.put(partition, offset);
    return null;
  }

  private Map<TopicPartition, Long> ends(Collection<TopicPartition> asked, boolean isEnd) {
    world.io(twin, isEnd ? "end offsets" : "beginning offsets");
    var ends = new HashMap<TopicPartition, Long>();
    for (TopicPartition partition : asked) {
      ends.put(partition, isEnd ? world.topic().end(partition.partition()) : 0L);
    }
    return ends;
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    world.io(twin, "poll");
    if (world.group().contains(this)) {
      tellRevoked();
      tellAssigned();
    } else {
      tellLost();
      world.group().join(this);
    }
    return fetch();
  }

  private ConsumerRebalanceListener listener() {
    if (listener == null) {
      throw new IllegalStateException("polled before it subscribed");
    }
    return listener;
  }

  private void tellLost() {
    List<TopicPartition> lost = List.copyOf(assigned);
    toAssign.clear();
    toRevoke.clear();
    listener().onPartitionsLost(lost);
    forget(lost);
  }

  private void tellRevoked() {
    List<TopicPartition> revoked = partitions(toRevoke);
    revoked.retainAll(assigned);
    List<Integer> numbers = List.copyOf(toRevoke);
    toRevoke.clear();
    if (!revoked.isEmpty()) {
      listener().onPartitionsRevoked(revoked);
    }
    forget(revoked);
    numbers.forEach(number -> world.group().released(this, number));
  }

  private void tellAssigned() {
    List<TopicPartition> news = partitions(toAssign);
    news.removeAll(assigned);
    toAssign.clear();
    if (!news.isEmpty()) {
      assigned.addAll(news);
      listener().onPartitionsAssigned(news);
    }
  }

  private void forget(Collection<TopicPartition> gone) {
    assigned.removeAll(gone);
    paused.removeAll(gone);
    positions.keySet().removeAll(gone);
  }

  private static List<TopicPartition> partitions(Collection<Integer> numbers) {
    var partitions = new ArrayList<TopicPartition>();
    numbers.forEach(number -> partitions.add(new TopicPartition(SimTopic.NAME, number)));
    return partitions;
  }

  private ConsumerRecords<byte[], byte[]> fetch() {
    var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    for (TopicPartition partition : assigned) {
      if (!paused.contains(partition)) {
        List<ConsumerRecord<byte[], byte[]>> some = fetch(partition);
        if (!some.isEmpty()) {
          records.put(partition, some);
        }
      }
    }
    return new ConsumerRecords<>(records, Map.of());
  }

  private List<ConsumerRecord<byte[], byte[]>> fetch(TopicPartition partition) {
    Long position = positions.get(partition);
    if (position == null) {
      throw new Simulation.Violation(partition + " is read without a place");
    }
    var some = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    long end = world.topic().end(partition.partition());
    for (long offset : world.topic().between(partition.partition(), position, end)) {
      if (some.size() == MOST_RECORDS) {
        break;
      }
      some.add(
          new ConsumerRecord<>(
              partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
      positions.put(partition, offset + 1);
    }
    return some;
  }

  private @Nullable Object leave() {
    if (!assigned.isEmpty()) {
      listener().onPartitionsRevoked(List.copyOf(assigned));
    }
    world.group().evict(this);
    return null;
  }
}
