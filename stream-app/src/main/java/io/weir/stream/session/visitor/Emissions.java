package io.weir.stream.session.visitor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The last emission about each session of a visitor. */
public final class Emissions {
  /**
   * The most emissions of a visitor. One with more has moved its sessions about; it takes no events
   * until some emissions are forgotten.
   */
  public static final int MOST = 4_000;

  private final List<Emission> items = new ArrayList<>();

  public List<Emission> items() {
    return Collections.unmodifiableList(items);
  }

  public boolean isFull() {
    return items.size() >= MOST;
  }

  /** The emission about the session that starts then; null if there was none. */
  public @Nullable Emission of(long start) {
    for (Emission emission : items) {
      if (emission.start() == start) {
        return emission;
      }
    }
    return null;
  }

  /** Whether the last emission about a session says what its row says now. */
  public boolean isCurrent(SessionSlice slice) {
    Emission last = of(slice.start());
    return last != null && slice.isIn(last);
  }

  /** Whether the last row about the session of that time is a robot's. */
  public boolean isRobotAt(long time) {
    for (Emission emission : items) {
      if (emission.isRobotAt(time)) {
        return true;
      }
    }
    return false;
  }

  /** The last rows that are a robot's. */
  public RobotRows robots() {
    List<Emission> robots = List.of();
    for (Emission emission : items) {
      if (emission.isRobots()) {
        robots = robots.isEmpty() ? new ArrayList<>() : robots;
        robots.add(emission);
      }
    }
    return new RobotRows(robots);
  }

  /** Adds the first emission about a session. */
  public void add(Emission emission) {
    items.add(emission);
  }

  public void replaceAll(UnaryOperator<Emission> change) {
    items.replaceAll(change);
  }

  /** Replaces the emission about the session with the same start. */
  public void replace(Emission emission) {
    replaceAll(each -> each.start() == emission.start() ? emission : each);
  }

  /** Forgets the sessions that started by then. */
  public void forget(long lastStart) {
    items.removeIf(emission -> emission.start() <= lastStart);
  }

  /** The approximate number of bytes that the emissions take when they are encoded. */
  int bytes() {
    return items.size() * Emission.BYTES;
  }
}
