package io.weir.simulator.truth;

import io.weir.simulator.fault.Arrival;
import io.weir.simulator.gold.Answers;
import io.weir.simulator.visit.EventType;
import io.weir.simulator.visit.Names;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;

/**
 * Remembers the sent records, eight bytes an event, and computes what a correct pipeline must find:
 * it sorts the distinct valid events by visitor and time, and one pass splits them into sessions.
 */
public final class GroundTruth {
  private static final long SESSION_GAP = 30 * 60_000;
  private static final int TYPE_BITS = 3;
  private static final int TIME_BITS = 64 - 1 - Names.BITS - TYPE_BITS;

  /** Events are sorted by time and code, so equal times are in the order of the funnel's steps. */
  private static final int PAGE_VIEW = 0;

  private static final int PRODUCT_VIEW = 1;
  private static final int ADD_TO_CART = 2;
  private static final int CHECKOUT = 3;
  private static final int PURCHASE = 4;
  private static final int PAGE_PING = 5;
  private static final int PASSIVE = 6;
  private static final int OTHER = 7;
  private static final long PING_SLOT = 10_000;
  private static final int STEADY_VIEWS = 20;

  private final Names names;
  private final long origin;
  private final Keep keep;
  private final Meant meant = new Meant();
  private final LongList events = new LongList();
  private final AdTruth ads = new AdTruth(TIME_BITS);
  private final LongList duplicateIds = new LongList();
  private final BitSet bots = new BitSet();
  private final BitSet bound = new BitSet();
  private long valid;
  private long duplicates;
  private long malformed;
  private long internal;
  private long late;
  private long outOfOrder;
  private long closing;

  /** A ground truth of events since {@code origin}; if events are not kept, it has counts only. */
  public GroundTruth(Names names, long origin, Keep keep) {
    this.names = names;
    this.origin = origin;
    this.keep = keep;
  }

  /** The parts of the traffic to remember. */
  public enum Keep {
    COUNTS,
    EVENTS,

    /** Also what was meant by each event: some hundred bytes an event. */
    DEEDS
  }

  /** Adds a sent record. */
  public void add(Arrival record) {
    switch (record.kind()) {
      case MALFORMED -> malformed++;
      case DUPLICATE -> addDuplicate(record);
      case VALID -> addValid(record);
    }
  }

  private void addDuplicate(Arrival record) {
    if (names.isInternal(record.visitor())) {
      internal++;
      return;
    }
    duplicates++;
    if (keepsEvents()) {
      duplicateIds.add(record.idHigh());
      duplicateIds.add(record.idLow());
    }
  }

  private void addValid(Arrival record) {
    if (names.isInternal(record.visitor())) {
      internal++;
      return;
    }
    valid++;
    late += record.late() ? 1 : 0;
    outOfOrder += record.outOfOrder() ? 1 : 0;
    if (names.isBot(record.visitor())) {
      bots.set(record.visitor());
    }
    if (record.binds()) {
      bound.set(record.visitor());
    }
    if (keepsEvents()) {
      events.add(packed(record));
      addAd(record);
    }
    if (keepsDeeds()) {
      meant.add(record);
    }
  }

  private void addAd(Arrival record) {
    boolean isClick = record.type() == EventType.AD_CLICK;
    if (isClick || record.type() == EventType.AD_IMPRESSION) {
      ads.add(record.ad(), record.visitor(), record.time() - origin, isClick);
    }
  }

  private long packed(Arrival record) {
    long offset = record.time() - origin;
    if (offset < 0 || offset >= 1L << TIME_BITS) {
      throw new IllegalStateException(
          "the truth of a run spans up to 99 days, not " + offset + " ms");
    }
    long visitor = (long) record.visitor() << (TIME_BITS + TYPE_BITS);
    return visitor | offset << TYPE_BITS | code(record);
  }

  private int code(Arrival record) {
    // An order counts once. Its first purchase may lie before the history.
    boolean isRepeated = record.repeats() >= origin;
    return isRepeated ? OTHER : packed(record.type());
  }

  private static int packed(EventType type) {
    return switch (type) {
      case PAGE_VIEW -> PAGE_VIEW;
      case PRODUCT_VIEW -> PRODUCT_VIEW;
      case ADD_TO_CART -> ADD_TO_CART;
      case PURCHASE -> PURCHASE;
      case CHECKOUT -> CHECKOUT;
      case PAGE_PING -> PAGE_PING;
      case AD_IMPRESSION, IDENTIFY -> PASSIVE;
      case SEARCH, AD_CLICK, REMOVE_FROM_CART, REFUND -> OTHER;
    };
  }

  /** Adds events of that time that close sessions and belong to none. */
  public void addClosing(int events, long time) {
    closing += events;
    if (keepsDeeds()) {
      meant.addClosing(events, time);
    }
  }

  public boolean keepsEvents() {
    return keep != Keep.COUNTS;
  }

  public boolean keepsDeeds() {
    return keep == Keep.DEEDS;
  }

  /** Says to which partition the records of a visitor go. */
  public void sentTo(ToIntFunction<String> partitions) {
    meant.tardiness().sentTo(partitions);
  }

  /** Passes on the visitors of whom an event did not arrive at once, if deeds are kept. */
  public void eachDelayed(Consumer<String> listener) {
    meant.tardiness().delayed().forEach(listener);
  }

  /** What gold must hold. */
  public Answers answers() {
    return meant.answers();
  }

  public Counts counts() {
    return new Counts(
        valid + duplicates + malformed + internal,
        valid,
        duplicates,
        malformed,
        internal,
        late,
        outOfOrder,
        closing,
        bots.cardinality());
  }

  /** Passes all sessions to the listener, by visitor and time; returns their number. */
  public long eachSession(Consumer<TrueSession> listener) {
    events.sort();
    ads.start();
    var types = new int[OTHER + 1];
    long sessions = 0;
    int from = 0;
    for (int i = 0; i < events.size(); i++) {
      types[type(i)]++;
      if (i + 1 == events.size() || !sameSession(i, i + 1)) {
        listener.accept(session(from, i, types));
        Arrays.fill(types, 0);
        sessions++;
        from = i + 1;
      }
    }
    return sessions;
  }

  private boolean sameSession(int event, int next) {
    return visitor(event) == visitor(next) && time(next) - time(event) <= SESSION_GAP;
  }

  private TrueSession session(int first, int last, int[] types) {
    int passive = types[PAGE_VIEW] + types[PAGE_PING] + types[PASSIVE];
    long engaged = engagedMs(first, last);
    return new TrueSession(
        names.visitor(visitor(first)),
        time(first),
        time(last),
        last - first + 1,
        types[PAGE_VIEW],
        types[PRODUCT_VIEW],
        types[ADD_TO_CART],
        types[PURCHASE],
        engaged,
        engaged >= PING_SLOT || types[PAGE_VIEW] >= 2 || types[PURCHASE] > 0,
        types[PAGE_VIEW] == 1 && passive == last - first + 1,
        funnelStep(first, last),
        ads.matched(visitor(first), time(last) - origin),
        isBot(visitor(first), last - first + 1));
  }

  /**
   * A robot in disguise views pages only, with equal pauses: that tells from a number of views on.
   */
  private boolean isBot(int visitor, int events) {
    return names.isBot(visitor) && (!names.isDisguised(visitor) || events >= STEADY_VIEWS);
  }

  private long engagedMs(int first, int last) {
    long slots = 0;
    long latest = Long.MIN_VALUE;
    for (int i = first; i <= last; i++) {
      long slot = time(i) / PING_SLOT;
      if (type(i) == PAGE_PING && slot != latest) {
        slots++;
        latest = slot;
      }
    }
    return slots * PING_SLOT;
  }

  private int funnelStep(int first, int last) {
    int step = 0;
    for (int i = first; i <= last; i++) {
      if (step < PURCHASE && type(i) == step + 1) {
        step++;
      }
    }
    return step;
  }

  private int visitor(int event) {
    return (int) (events.get(event) >>> (TIME_BITS + TYPE_BITS));
  }

  private long time(int event) {
    return origin + (events.get(event) >>> TYPE_BITS & (1L << TIME_BITS) - 1);
  }

  private int type(int event) {
    return (int) events.get(event) & (1 << TYPE_BITS) - 1;
  }

  /** Receives the halves of an event's UUID. */
  public interface IdConsumer {
    void accept(long high, long low);
  }

  public void eachDuplicate(IdConsumer listener) {
    for (int i = 0; i < duplicateIds.size(); i += 2) {
      listener.accept(duplicateIds.get(i), duplicateIds.get(i + 1));
    }
  }

  public void eachBot(IntConsumer listener) {
    bots.stream().forEach(listener);
  }

  /** Passes the visitors whose anonymous id was tied to a user id. */
  public void eachBound(IntConsumer listener) {
    bound.stream().forEach(listener);
  }
}
