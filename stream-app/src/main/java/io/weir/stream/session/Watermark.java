package io.weir.stream.session;

/**
 * The event-time watermark of one partition: the highest accepted event time. While the partition
 * is idle it moves on with the wall clock, by as much time as has passed and no further, so that a
 * replay of old events that pauses does not make the rest of them late.
 */
public final class Watermark {
  public static final long NONE = Long.MIN_VALUE;

  private long current;
  private long base;
  private long baseWall;
  private long quietSince;
  private boolean isObserved;

  /**
   * @param wall the time up to which {@code current} accounts for the passing of time
   * @param now a partition that is taken over now is not idle: it may have a backlog to read
   */
  public Watermark(long current, long wall, long now) {
    this.current = current;
    this.base = current;
    this.baseWall = wall;
    this.quietSince = now;
  }

  public long current() {
    return current;
  }

  /** The wall time up to which {@link #current} accounts for the passing of time. */
  public long wall() {
    return current == NONE ? baseWall : baseWall + (current - base);
  }

  public void observe(long eventTime, long wall) {
    if (eventTime > current) {
      current = eventTime;
    }
    base = current;
    baseWall = wall;
    quietSince = wall;
    isObserved = true;
  }

  /** Whether anything arrived since the last call; only then is there something to save. */
  public boolean takeObserved() {
    boolean was = isObserved;
    isObserved = false;
    return was;
  }

  /** Notes an arrival that moves no event time: the partition is not idle. */
  public void touch(long wall) {
    base = current;
    baseWall = wall;
    quietSince = wall;
    isObserved = true;
  }

  /** Moves an idle partition on. To be called now and then while nothing is left to read. */
  public void idle(long wall, long idleTimeout) {
    if (current != NONE && isIdle(wall, idleTimeout)) {
      current = Math.max(current, base + (wall - baseWall));
    }
  }

  /** Whether nothing has arrived for so long. */
  public boolean isIdle(long wall, long idleTimeout) {
    return wall - quietSince >= idleTimeout;
  }
}
