package io.weir.sink.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A consumer group: members are told at their next poll. A partition moves when its owner has
 * released it, or at once when the owner is evicted.
 */
final class SimGroup {
  private final Simulation world;
  private final List<SimConsumer> members = new ArrayList<>();
  private final Map<Integer, SimConsumer> owners = new HashMap<>();

  SimGroup(Simulation world) {
    this.world = world;
  }

  void join(SimConsumer member) {
    members.add(member);
    rebalance();
  }

  /** Removes a member that died, or that is considered dead and learns of it at its next poll. */
  void evict(SimConsumer member) {
    if (members.remove(member)) {
      owners.values().removeIf(member::equals);
      rebalance();
    }
  }

  boolean contains(SimConsumer member) {
    return members.contains(member);
  }

  /** Moves some partitions to other members. */
  void rebalance() {
    if (members.isEmpty()) {
      return;
    }
    for (int partition = 0; partition < world.topic().partitions(); partition++) {
      SimConsumer owner = owners.get(partition);
      if (owner == null) {
        give(partition, anyone());
      } else if (world.below(3) == 0) {
        owner.revoke(partition);
      }
    }
  }

  /** Notes that a member has released a partition. */
  void released(SimConsumer member, int partition) {
    if (owners.remove(partition, member) && !members.isEmpty()) {
      give(partition, anyone());
    }
  }

  /** Gives one partition to two members. */
  void giveTwice() {
    if (!members.isEmpty()) {
      anyone().assign(world.below(world.topic().partitions()));
    }
  }

  private void give(int partition, SimConsumer member) {
    owners.put(partition, member);
    member.assign(partition);
  }

  private SimConsumer anyone() {
    return members.get(world.below(members.size()));
  }
}
