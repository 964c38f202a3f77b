package io.weir.sink.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A consumer group: members are told at their next poll. A partition moves when its owner has let
 * it go, or at once when the owner is taken for dead.
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

  /** The member is gone, or is taken for gone and will hear of it when it wakes. */
  void evict(SimConsumer member) {
    if (members.remove(member)) {
      owners.values().removeIf(member::equals);
      rebalance();
    }
  }

  boolean contains(SimConsumer member) {
    return members.contains(member);
  }

  /** Somebody else shall have some of the partitions. */
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

  /** A member has let a partition go. */
  void released(SimConsumer member, int partition) {
    if (owners.remove(partition, member) && !members.isEmpty()) {
      give(partition, anyone());
    }
  }

  /** Two members believe a partition is theirs. */
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
