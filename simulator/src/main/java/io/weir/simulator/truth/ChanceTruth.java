package io.weir.simulator.truth;

import io.weir.simulator.visit.ChanceListener;
import io.weir.simulator.visit.Names;

/** Remembers the true probabilities of a run, 32 bytes each. */
public final class ChanceTruth implements ChanceListener {
  private static final int FIELDS = 4;

  private final Names names;
  private final LongList sessions = new LongList();
  private final LongList impressions = new LongList();

  public ChanceTruth(Names names) {
    this.names = names;
  }

  /**
   * A true probability.
   *
   * @param time the start of the session, or the time of the impression
   * @param hidden as the simulator knows it
   * @param knowable as somebody can know it who sees all events
   */
  public record TrueChance(String visitor, long time, double hidden, double knowable) {}

  /** Receives the probabilities. */
  public interface Consumer {
    void accept(boolean isOfSession, TrueChance chance);
  }

  @Override
  public void session(int visitor, long start, double hidden, double knowable) {
    add(sessions, visitor, start, hidden, knowable);
  }

  @Override
  public void impression(int visitor, long time, double hidden, double knowable) {
    add(impressions, visitor, time, hidden, knowable);
  }

  private static void add(LongList list, int visitor, long time, double hidden, double knowable) {
    list.add(visitor);
    list.add(time);
    list.add(Double.doubleToRawLongBits(hidden));
    list.add(Double.doubleToRawLongBits(knowable));
  }

  public void each(Consumer consumer) {
    each(sessions, true, consumer);
    each(impressions, false, consumer);
  }

  private void each(LongList list, boolean isOfSession, Consumer consumer) {
    for (int at = 0; at < list.size(); at += FIELDS) {
      consumer.accept(
          isOfSession,
          new TrueChance(
              names.visitor((int) list.get(at)),
              list.get(at + 1),
              Double.longBitsToDouble(list.get(at + 2)),
              Double.longBitsToDouble(list.get(at + 3))));
    }
  }
}
