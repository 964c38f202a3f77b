package io.weir.stream.processor.gold;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Session;
import io.weir.process.StartupException;
import io.weir.stream.gold.EventGold;
import io.weir.stream.gold.GoldBook;
import io.weir.stream.gold.GoldRules;
import io.weir.stream.gold.QualityGold;
import io.weir.stream.gold.SessionFacts;
import io.weir.stream.gold.SessionGold;
import io.weir.stream.gold.SideGold;
import io.weir.stream.gold.days.DayCell;
import io.weir.stream.gold.days.DistinctVisitors;
import io.weir.stream.gold.days.DistinctVisitors.Records;
import io.weir.stream.gold.days.DistinctVisitors.Span;
import io.weir.stream.gold.days.SiteTime;
import io.weir.stream.processor.quality.TaskCounts;
import io.weir.stream.processor.visitors.VisitorEntry;
import io.weir.stream.session.rules.SessionRules;
import io.weir.stream.session.touch.TouchType;
import io.weir.stream.session.visitor.VisitorState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The gold of one partition: adds to cells and purges, in the transaction of the sessions. */
public final class PartitionGold implements TaskGold {
  private static final int MOST_AT_ONCE = 1_000;
  private static final long NEVER = Long.MIN_VALUE;
  private static final long PURGE_STEP = Duration.ofHours(6).toMillis();

  private final FactStore facts;
  private final GoldBook book;
  private final SessionGold sessions;
  private final PurchaseCells events;
  private final EventSides sides;
  private final QualityCells quality;
  private final CellPurge quarters;
  private final KeyValueStore<Bytes, byte[]> days;
  private final DistinctVisitors visitors;
  private final GoldRules rules;
  private final SessionRules sessionRules;
  private PurgeFloors floors = PurgeFloors.NONE;

  /** The last 15 minutes up to which the partition has settled since it was opened. */
  private long settled = NEVER;

  /** No session that starts before changes any more, as the progress cell says. */
  private long unchanging;

  private PartitionGold(
      GoldStores stores,
      int partition,
      GoldRules rules,
      SessionRules sessionRules,
      LongSupplier clock) {
    this.facts = new FactStore(stores.sessionFacts());
    this.book =
        new GoldBook(new KeyValueCells(stores.cells()), facts.names(), partition, rules, clock);
    var time = new SiteTime(rules.zone());
    this.sessions = new SessionGold(book, time);
    var eventGold = new EventGold(book, time);
    this.events = new PurchaseCells(eventGold, facts);
    this.sides = new EventSides(new SideGold(book, time), eventGold, facts);
    this.quality = new QualityCells(stores.cells(), new QualityGold(book, time), clock);
    this.quarters = CellPurge.ofQuarters(stores.cells());
    this.days = stores.visitorDays();
    this.visitors =
        new DistinctVisitors(records(days), this::addVisitors, time, rules.mostVisitorsInMemory());
    this.rules = rules;
    this.sessionRules = sessionRules;
  }

  /**
   * Opens what a partition has.
   *
   * @param clock milliseconds
   */
  public static PartitionGold open(
      GoldStores stores,
      int partition,
      GoldRules rules,
      SessionRules sessionRules,
      LongSupplier clock) {
    long unchanging = unchanging(stores.cells(), rules);
    var gold = new PartitionGold(stores, partition, rules, sessionRules, clock);
    gold.restore(unchanging);
    return gold;
  }

  private void restore(long lastUnchanging) {
    unchanging = lastUnchanging;
    floors = facts.floors();
    if (floors.quarters() != NEVER) {
      purgeQuarters();
    }
  }

  /** What the progress cell says. Refuses another time zone than that of the cells. */
  private static long unchanging(KeyValueStore<Bytes, byte[]> cells, GoldRules rules) {
    try (KeyValueIterator<Bytes, byte[]> found = cells.range(progress(0), progress(1))) {
      if (!found.hasNext()) {
        return NEVER;
      }
      GoldCell cell =
          Objects.requireNonNull(AvroSerde.goldCell().deserialize("", found.next().value));
      if (!cell.getValue().equals(rules.zone().getId())) {
        throw new StartupException(
            "WEIR_SITE_TIME_ZONE is "
                + rules.zone()
                + ", but the days of gold are those of "
                + cell.getValue()
                + ". Set it back, or rebuild gold: see docs/gold-rebuild.md");
      }
      return cell.getSettledUntil();
    }
  }

  private static Bytes progress(long start) {
    return Bytes.wrap(GoldKey.lowest(Subject.PROGRESS, Grain.DAY, Dimension.ALL, false, start));
  }

  @Override
  public void add(Session session) {
    boolean isFirst = session.getRevision() == sessionRules.firstRevision();
    if (session.getStartTime() < floors.facts()) {
      // Its facts may be deleted. It comes here only after the rules of sessions were changed.
      if (isFirst) {
        sessions.change(session, null);
      }
      return;
    }
    // A visitor never has two first revisions of a session: nothing is stored for this one.
    SessionFacts before = isFirst ? null : facts.get(session);
    SessionFacts now = sessions.change(session, before);
    if (!Objects.equals(now, before)) {
      facts.put(session, now);
    }
    visitors.changed(
        session.getVisitorId(), span(session, before), span(session, now), floors.facts());
  }

  /**
   * Adds an event that was accepted into a session, which is open until the session is added. It
   * counts among robots if its agent is one's or the last row about its time is; {@link #sides}
   * move it later. A day of the visitor becomes active with its first event of a person.
   */
  @Override
  public void add(EnrichedEvent event, VisitorEntry visitor) {
    VisitorState state = visitor.state();
    boolean isBot = event.getIsBot() || state.emissions().isRobotAt(event.getEventTime());
    events.add(event, isBot, state.orders().takeNews(), floors.facts());
    boolean isPersons =
        !event.getIsBot()
            && !Boolean.FALSE.equals(event.getConsentAnalytics())
            && TouchType.of(event.getEventType()) != TouchType.IDENTIFY;
    if (isPersons) {
      int day = visitors.dayOf(event.getEventTime());
      if (day != visitor.activeDay()) {
        visitors.seen(visitor.visitor(), day);
        visitor.setActiveDay(day);
      }
    }
  }

  @Override
  public void addLate(EnrichedEvent event) {
    events.addLate(event);
  }

  private static @Nullable Span span(Session session, @Nullable SessionFacts facts) {
    return facts == null || facts.isBot()
        ? null
        : new Span(session.getStartTime(), session.getStartTime() + facts.durationMs());
  }

  @Override
  public void closedBefore(String visitor, long time) {
    visitors.closedBefore(visitor, time);
  }

  private void addVisitors(long dayStart, int daysSince, int difference) {
    book.addVisitors(dayStart, daysSince == DayCell.NEW ? "" : "" + daysSince, difference);
  }

  private static Records records(KeyValueStore<Bytes, byte[]> store) {
    return new Records() {
      @Override
      public byte @Nullable [] get(String visitor) {
        return store.get(key(visitor));
      }

      @Override
      public void put(String visitor, byte[] record) {
        store.put(key(visitor), record);
      }
    };
  }

  private static Bytes key(String visitor) {
    return Bytes.wrap(visitor.getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes the facts of a visitor's sessions and days; the cells keep them as nobody's. */
  @Override
  public void forget(String visitor) {
    facts.forget(visitor);
    visitors.forget(visitor);
    days.put(key(visitor), null);
  }

  /**
   * Notes that everything before a time has settled. Says to the readers of the cells four times an
   * hour what cannot change any more.
   *
   * @return whether it was written
   */
  @Override
  public boolean settle(long settledUpTo) {
    if (settledUpTo == NEVER || SiteTime.quarter(settledUpTo) <= settled) {
      return false;
    }
    settled = SiteTime.quarter(settledUpTo);
    unchanging = Math.max(unchanging, sessionRules.unchangedBefore(settled));
    book.writeProgress(rules.zone(), unchanging);
    raise(floors.raisedTo(unchanging, NEVER));
    return true;
  }

  private void raise(PurgeFloors higher) {
    // What waits in memory would come to the store after the purge went by.
    book.flushNames();
    floors = higher;
    facts.save(floors);
  }

  @Override
  public void purge() {
    facts.purge(floors, MOST_AT_ONCE);
    if (!quarters.isComplete()) {
      quarters.turn(MOST_AT_ONCE);
    } else if (settled != NEVER) {
      // A pass looks into all dimensions: not for each quarter of an hour.
      long kept = settled - rules.quarters().toMillis();
      long floor = kept - Math.floorMod(kept, PURGE_STEP);
      if (floor > floors.quarters()) {
        raise(floors.raisedTo(NEVER, floor));
        purgeQuarters();
      }
    }
  }

  @Override
  public EventSides sides() {
    return sides;
  }

  /** The cells of what became of raw records. */
  public QualityCells quality() {
    return quality;
  }

  private void purgeQuarters() {
    book.keepQuartersFrom(floors.quarters());
    quarters.begin(floors.quarters());
  }

  @Override
  public void purgeQuality() {
    quality.purge();
  }

  @Override
  public void flush(TaskCounts counts) {
    quality.take(counts);
    flush();
  }

  /** Writes what is in memory. */
  void flush() {
    facts.dropForgotten();
    visitors.flush();
    book.flush();
  }
}
