package io.weir.simulator.visit;

/**
 * Endless visits from a moment on, as many as give the wanted rate of events. Visits that began in
 * the hour before are under way at that moment, so the rate is reached at once.
 */
public final class LiveArrivals implements VisitSource {
  private static final double RETURNING = 0.4;
  private static final int TRIES = 8;
  private static final long WARM_UP = 3_600_000;

  private final VisitSeeds seeds;
  private final VisitorPool pool;
  private final int mostVisitors;
  private final VisitShape shape;
  private final Chance chance;
  private final double meanWait;
  private final double botVisits;
  private double nextStart;

  /** The size of the traffic: events a second, the share of bots, the largest number of people. */
  public record Crowd(double eventsPerSecond, double botShare, int mostVisitors) {}

  public LiveArrivals(
      Profile profile, VisitSeeds seeds, VisitorPool pool, Crowd crowd, long start) {
    this.seeds = seeds;
    this.pool = pool;
    this.mostVisitors = Math.min(crowd.mostVisitors(), Names.mostHumans());
    this.shape = new VisitShape(profile);
    this.chance = new Chance(seeds.liveArrivals());
    double people = (1 - crowd.botShare()) / profile.meanVisitLength();
    double bots = crowd.botShare() / VisitShape.meanBotLength();
    this.botVisits = bots / (bots + people);
    this.meanWait = 1000 / (crowd.eventsPerSecond() * (bots + people));
    this.nextStart = start - WARM_UP;
  }

  @Override
  public long nextStart() {
    return (long) nextStart;
  }

  @Override
  public void begin(Visit visit) {
    long start = nextStart();
    if (chance.happens(botVisits)) {
      begin(visit, pool.newBot(), 0, start);
    } else {
      int visitor = person(start);
      pool.visited(visitor, begin(visit, visitor, pool.visits(visitor), start));
    }
    nextStart -= meanWait * StrictMath.log(1 - chance.unit());
  }

  /** Chooses a known visitor who is absent now, or a new one. */
  private int person(long start) {
    boolean full = pool.size() >= mostVisitors;
    if (pool.size() > 0 && (full || chance.happens(RETURNING))) {
      for (int i = 0; i < TRIES; i++) {
        int visitor = chance.below(pool.size());
        if (pool.lastEnd(visitor) + VisitShape.SESSION_GAP < start) {
          return visitor;
        }
      }
    }
    return pool.add(start, 0);
  }

  /** Begins the visit; returns its end. */
  private long begin(Visit visit, int visitor, int number, long start) {
    shape.begin(seeds.shape(visitor, number), seeds.isBot(visitor));
    long end = start;
    int events = 1;
    while (events < shape.length()) {
      long next = end + shape.gap();
      if (next >= start + VisitShape.LONGEST) {
        break;
      }
      end = next;
      events++;
    }
    visit.begin(visitor, number, start, events);
    return end;
  }
}
