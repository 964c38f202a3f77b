package io.weir.sink.loop;

import io.weir.lake.commit.Attempt;
import io.weir.lake.commit.Changes;
import io.weir.lake.commit.CommitPlan;
import io.weir.lake.commit.Guard;
import io.weir.lake.commit.Ledger;
import io.weir.lake.commit.Marker;

/**
 * One twin's view of the table, which may be stale. A commit works as in Iceberg: check the known
 * history, then compare and set, a few times.
 */
class SimLedger implements Ledger {
  private static final int RETRIES = 4;

  private final Simulation world;
  private final SimTwin twin;
  private int seen;

  SimLedger(Simulation world, SimTwin twin) {
    this.world = world;
    this.twin = twin;
  }

  @Override
  public void refresh() {
    world.io(twin, "refresh");
    look();
  }

  private void look() {
    int version = world.table().version();
    seen = world.happens(Chance.STALE_READ) ? Math.max(0, version - 1 - world.below(3)) : version;
  }

  @Override
  public Iterable<Marker> history() {
    return world.table().history(seen);
  }

  @Override
  public Attempt attempt(CommitPlan plan, Changes changes, Guard guard) {
    for (int i = 0; i < RETRIES; i++) {
      if (guard.isDone(history())) {
        return new Attempt.Unclear(new IllegalStateException("took effect before"));
      }
      if (!mayFollow(guard)) {
        return new Attempt.Conflict("the table has moved on");
      }
      try {
        world.io(twin, "commit " + plan);
        if (set(plan, changes, guard)) {
          return new Attempt.Done();
        }
      } catch (SimFault e) {
        return new Attempt.Unclear(e);
      }
      look();
    }
    return new Attempt.Conflict("others were faster");
  }

  boolean mayFollow(Guard guard) {
    return guard.isCurrent(history());
  }

  private boolean set(CommitPlan plan, Changes changes, Guard guard) {
    Marker marker = plan.after(guard.newest());
    if (world.happens(Chance.DELAYED_REQUEST)) {
      world.table().send(seen, plan, changes, marker);
      throw new SimFault("no answer yet");
    }
    boolean isSet = world.table().compareAndSet(seen, plan, changes, marker);
    if (isSet && world.happens(Chance.ANSWER_TURNED)) {
      world.trace(() -> twin + " is told of a conflict by " + plan);
      return false;
    }
    if (isSet) {
      world.io(twin, "answer to " + plan);
    }
    return isSet;
  }
}
