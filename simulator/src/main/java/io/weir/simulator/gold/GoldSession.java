package io.weir.simulator.gold;

import io.weir.simulator.visit.Deed;
import io.weir.simulator.visit.EventType;
import io.weir.simulator.visit.Person;
import io.weir.simulator.visit.World;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One session and what is to be said about it. */
final class GoldSession {
  static final long NEVER = Long.MIN_VALUE;
  private static final long PING_SLOT = 10_000;
  private static final List<EventType> PASSIVE =
      List.of(
          EventType.PAGE_VIEW, EventType.PAGE_PING, EventType.AD_IMPRESSION, EventType.IDENTIFY);

  final List<Deed> deeds;
  final int number;
  final long previousEnd;
  final Sums sums;
  final long[] steps;
  final @Nullable String botReason;
  final AdsOfSession ads;
  final CartOfSession cart;
  private final Marks marks;

  /** The purchases of orders that counted already, and the events that came late. */
  record Marks(Set<Deed> repeated, Set<Deed> late) {}

  GoldSession(List<Deed> deeds, Marks marks, int number, long previousEnd) {
    this.deeds = List.copyOf(deeds);
    this.marks = marks;
    this.number = number;
    this.previousEnd = previousEnd;
    this.botReason = Robots.reason(this.deeds);
    this.ads = new AdsOfSession(this.deeds);
    this.cart = new CartOfSession(this.deeds);
    this.steps = steps();
    this.sums = sums();
  }

  Person person() {
    return deeds.getFirst().person();
  }

  long start() {
    return deeds.getFirst().time();
  }

  long end() {
    return deeds.getLast().time();
  }

  boolean isBot() {
    return botReason != null;
  }

  long count(EventType type) {
    return deeds.stream().filter(deed -> deed.type() == type).count();
  }

  /** The purchases of orders that counted already. */
  long repeatedPurchases() {
    return deeds.stream().filter(this::isRepeated).count();
  }

  boolean isCartAbandoned() {
    return sums.get(GoldNumber.ABANDONED_SESSIONS) > 0;
  }

  @Nullable String user() {
    return deeds.stream()
        .filter(Deed::named)
        .map(deed -> deed.person().user())
        .filter(Objects::nonNull)
        .findAny()
        .orElse(null);
  }

  World.@Nullable Campaign campaign() {
    return deeds.stream().map(Deed::campaign).filter(Objects::nonNull).findFirst().orElse(null);
  }

  @Nullable String ofCampaign(Function<World.Campaign, String> field) {
    World.Campaign campaign = campaign();
    return campaign == null ? null : field.apply(campaign);
  }

  long engagedMs() {
    return PING_SLOT
        * deeds.stream()
            .filter(deed -> deed.type() == EventType.PAGE_PING)
            .map(deed -> deed.time() / PING_SLOT)
            .distinct()
            .count();
  }

  boolean isEngaged() {
    return engagedMs() >= PING_SLOT
        || sums.get(GoldNumber.PAGE_VIEWS) >= 2
        || sums.get(GoldNumber.PURCHASES) > 0;
  }

  boolean isSingleViewBounce() {
    return sums.get(GoldNumber.PAGE_VIEWS) == 1
        && deeds.stream().allMatch(deed -> PASSIVE.contains(deed.type()));
  }

  long distinct(Function<Deed, @Nullable String> field) {
    return deeds.stream().map(field).filter(Objects::nonNull).distinct().count();
  }

  long distinctLines(Function<Deed.Line, String> field) {
    return deeds.stream()
        .flatMap(deed -> deed.lines().stream())
        .map(field)
        .filter(text -> !text.isEmpty())
        .distinct()
        .count();
  }

  /** The number of steps that were reached in order. */
  int funnelStep() {
    return steps.length;
  }

  private long[] steps() {
    var reached = new long[4];
    int step = 0;
    long time = NEVER;
    for (EventType type :
        List.of(
            EventType.PRODUCT_VIEW,
            EventType.ADD_TO_CART,
            EventType.CHECKOUT,
            EventType.PURCHASE)) {
      long earliest = time;
      var next =
          deeds.stream()
              .filter(deed -> deed.type() == type && deed.time() >= earliest)
              .mapToLong(Deed::time)
              .min();
      if (next.isEmpty()) {
        break;
      }
      time = next.getAsLong();
      reached[step++] = time;
    }
    return Arrays.copyOf(reached, step);
  }

  private Sums sums() {
    long purchases = count(EventType.PURCHASE) - repeatedPurchases();
    long carts = count(EventType.ADD_TO_CART);
    var all =
        new Sums()
            .add(GoldNumber.SESSIONS, 1)
            .add(GoldNumber.CONVERTED_SESSIONS, purchases > 0 ? 1 : 0)
            .add(GoldNumber.BOUNCED_SESSIONS, deeds.size() == 1 ? 1 : 0)
            .add(GoldNumber.CART_SESSIONS, carts > 0 ? 1 : 0)
            .add(GoldNumber.CHECKOUT_SESSIONS, count(EventType.CHECKOUT) > 0 ? 1 : 0)
            .add(GoldNumber.ABANDONED_SESSIONS, carts > 0 && purchases == 0 ? 1 : 0)
            .add(GoldNumber.DURATION_MS, end() - start())
            .add(GoldNumber.LATE_EVENTS, deeds.stream().filter(marks.late::contains).count())
            .add(GoldNumber.MATCHED_CLICKS, ads.matched());
    for (Deed deed : deeds) {
      all.addAll(EventCells.sums(deed, isRepeated(deed)));
    }
    boolean hasGoal = false;
    for (Deed deed : deeds) {
      Sums ofGoals = isRepeated(deed) ? new Sums() : DemoGoals.sums(deed);
      hasGoal |= ofGoals.get(GoldNumber.GOAL_EVENTS) > 0;
      all.addAll(ofGoals);
    }
    return all.add(GoldNumber.GOAL_SESSIONS, hasGoal ? 1 : 0);
  }

  /** Whether a purchase of the session is of an order that counted already. */
  boolean isRepeated(Deed deed) {
    return marks.repeated.contains(deed);
  }
}
