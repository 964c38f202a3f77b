package io.weir.simulator.visit;

/**
 * Plans the visits of a span in the past. Visitors begin up to a day before the span, so that its
 * first hours have their share of second visits. Visits before the span are not played.
 */
public final class ArrivalProcess {
  private static final long HOUR = 3_600_000;
  private static final long LONGEST_LEAD = 24 * HOUR;
  private static final long NEW_SESSION = VisitShape.SESSION_GAP + 1;
  private static final double JUST_A_NEW_SESSION = 0.01;
  private static final int MOST_BOT_VISITS = 4;

  private final Profile profile;
  private final VisitSeeds seeds;
  private final long from;
  private final long to;
  private final VisitShape shape;
  private final HistoryPlan plan;
  private final VisitorPool pool = new VisitorPool();
  private final Chance chance;
  private long pause = Long.MAX_VALUE;
  private long budget;

  public ArrivalProcess(Profile profile, VisitSeeds seeds, long from, long to) {
    this.profile = profile;
    this.seeds = seeds;
    this.from = from;
    this.to = to;
    this.shape = new VisitShape(profile);
    this.plan = new HistoryPlan(from);
    this.chance = new Chance(seeds.arrivals());
  }

  /** Leaves out visits that touch the hour from that time on. */
  public ArrivalProcess without(long hour) {
    pause = hour;
    return this;
  }

  /** The least number of visitors for so many events in so long a span, with some reserve. */
  public long fewestVisitors(long events) {
    double visits = Math.max(1, (to - from) / (6.0 * HOUR));
    return (long) Math.ceil(events / (visits * profile.meanVisitLength()));
  }

  /**
   * A plan with so many events of people and bots; it has fewer if so few visitors cannot have
   * more.
   */
  public HistoryPlan plan(long events, long botEvents, int mostVisitors) {
    budget = botEvents;
    while (budget > 0) {
      crawl();
    }
    budget = events - botEvents;
    int most = Math.min(mostVisitors, Names.mostHumans());
    while (budget > 0 && pool.size() < most) {
      live();
    }
    boolean comesBack = true;
    while (budget > 0 && comesBack) {
      comesBack = returnAll();
    }
    plan.sort();
    return plan;
  }

  public VisitorPool pool() {
    return pool;
  }

  private void crawl() {
    int bot = pool.newBot();
    int visits = 1 + chance.below(MOST_BOT_VISITS);
    long start = chance.between(from, to - 1);
    for (int number = 0; number < visits && start < to && budget > 0; number++) {
      start = visit(bot, number, start) + NEW_SESSION + chance.between(60_000, 6 * HOUR);
    }
  }

  /** Plans one visitor's visits from the first to the last inside the span. */
  private void live() {
    int visitor = pool.size();
    int visits = profile.visitsPerVisitor().drawCount(chance);
    long lead = Math.min(LONGEST_LEAD, to - from);
    long start = profile.rhythm().moment(from - lead, to, chance);
    long end = Long.MIN_VALUE;
    int number = 0;
    while (number < visits && start < to && budget > 0) {
      end = visit(visitor, number++, start);
      start = returns(end);
    }
    if (end >= from) {
      pool.add(end, number);
    }
  }

  private long returns(long end) {
    if (chance.happens(JUST_A_NEW_SESSION)) {
      return end + NEW_SESSION;
    }
    return Math.max(
        end + NEW_SESSION, profile.rhythm().momentAfter(end, profile.visitGaps(), chance));
  }

  /** Plans one more visit of every visitor who has time left. */
  private boolean returnAll() {
    boolean any = false;
    for (int visitor = 0; visitor < pool.size() && budget > 0; visitor++) {
      long end = pool.lastEnd(visitor);
      if (end + NEW_SESSION < to) {
        double fits = profile.visitGaps().shareBelow((to - end) / 1000.0);
        long gap = (long) (profile.visitGaps().at(chance.unit() * fits) * 1000);
        long start = Math.min(to - 1, end + Math.max(NEW_SESSION, gap));
        pool.visited(visitor, visit(visitor, pool.visits(visitor), start));
        any = true;
      }
    }
    return any;
  }

  /** Plans a visit as far as it lies inside the span and the budget; returns its end. */
  private long visit(int visitor, int number, long start) {
    shape.begin(seeds.shape(visitor, number), seeds.isBot(visitor));
    boolean counts = start >= from;
    long most = counts ? Math.min(shape.length(), budget) : shape.length();
    long limit = Math.min(to, start + VisitShape.LONGEST);
    long end = start;
    int events = 1;
    while (events < most) {
      long next = end + shape.gap();
      if (next >= limit) {
        break;
      }
      end = next;
      events++;
    }
    if (counts && start - HOUR < pause && end >= pause) {
      return end;
    }
    if (counts) {
      plan.add(start, visitor, number, events);
      budget -= events;
      return end;
    }
    return Math.min(end, from - 1);
  }
}
