package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.goal.Goal;
import io.weir.stream.session.goal.Goals;
import io.weir.stream.session.goal.PagePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Some goals, and what a session has fulfilled of them, computed from its events as defined. */
public final class PlainGoals {
  public static final Goals GOALS =
      new Goals(
          List.of(
              goal("seen", "page_view", "/*1*", null, 0),
              goal("seen_far", "page_view", "shop.example/**2", null, 0),
              goal("bought", "purchase", null, null, 0),
              goal("bought_much", "purchase", null, null, 500_000),
              goal("bought_shoes", "purchase", null, "shoes", 0),
              goal("paid_back", "refund", null, null, 0),
              goal("carted", "add_to_cart", null, null, 0),
              goal("checked_out", "checkout", null, null, 50_000),
              goal("known", "identify", null, null, 0),
              goal("never", "page_view", "/nowhere", null, 0)));

  private PlainGoals() {}

  private static Goal goal(
      String name,
      String type,
      @Nullable String page,
      @Nullable String category,
      long leastAmount) {
    return new Goal(
        name,
        type,
        page == null ? null : PagePattern.parse(page),
        null,
        category,
        Map.of(),
        leastAmount,
        null);
  }

  /** The events and amounts of a goal. */
  public record Fulfilled(int events, Map<String, Long> amounts) {
    private Fulfilled plus(String currency, long amount) {
      var all = new TreeMap<>(amounts);
      if (amount != 0) {
        all.merge(currency, amount, Long::sum);
      }
      return new Fulfilled(events + 1, all);
    }

    /** Four currencies have names, the first ones in order. */
    private Fulfilled withFirstCurrencies() {
      var all = new TreeMap<String, Long>();
      new TreeMap<>(amounts)
          .forEach(
              (each, amount) -> all.merge(all.size() < 4 ? each : "(other)", amount, Long::sum));
      return new Fulfilled(events, all);
    }
  }

  static Map<String, Fulfilled> of(List<EnrichedEvent> events, Set<EnrichedEvent> repeats) {
    var fulfilled = new TreeMap<String, Fulfilled>();
    var sorted =
        events.stream()
            .sorted(
                Comparator.comparingLong(EnrichedEvent::getEventTime)
                    .thenComparingLong(each -> Hash64.of(each.getEventId())))
            .toList();
    for (EnrichedEvent event : sorted) {
      if (!repeats.contains(event)) {
        String currency = Objects.requireNonNullElse(event.getCurrency(), "");
        for (String goal : goals(event)) {
          fulfilled.merge(
              goal,
              new Fulfilled(0, Map.of()).plus(currency, amount(event)),
              (all, one) -> all.plus(currency, amount(event)));
        }
      }
    }
    fulfilled.replaceAll((_, of) -> of.withFirstCurrencies());
    return fulfilled;
  }

  private static List<String> goals(EnrichedEvent event) {
    String path = Objects.requireNonNullElse(event.getUrlPath(), "");
    boolean isAtShop = "shop.example".equals(event.getUrlDomain());
    return switch (event.getEventType()) {
      case "page_view" ->
          path.matches("/[^/]*1[^/]*")
              ? isAtShop && path.endsWith("2") ? List.of("seen", "seen_far") : List.of("seen")
              : isAtShop && path.matches("/.*2") ? List.of("seen_far") : List.of();
      case "purchase" -> {
        var bought = new ArrayList<>(List.of("bought"));
        if (amount(event) >= 500_000) {
          bought.add("bought_much");
        }
        if (event.getProducts().stream().anyMatch(each -> "shoes".equals(each.getCategory()))) {
          bought.add("bought_shoes");
        }
        yield bought;
      }
      case "refund" -> List.of("paid_back");
      case "add_to_cart" -> List.of("carted");
      case "checkout" -> amount(event) >= 50_000 ? List.of("checked_out") : List.of();
      case "identify" -> List.of("known");
      default -> List.of();
    };
  }

  private static long amount(EnrichedEvent event) {
    return switch (event.getEventType()) {
      case "purchase", "refund" ->
          event.getProducts().stream()
              .map(Product::getLineRevenueE4)
              .filter(Objects::nonNull)
              .mapToLong(Long::longValue)
              .sum();
      default -> Objects.requireNonNullElse(event.getValueE4(), 0L);
    };
  }

  static Map<String, Fulfilled> of(Session session) {
    var fulfilled = new TreeMap<String, Fulfilled>();
    for (GoalCounts each : session.getGoals()) {
      fulfilled.put(
          each.getGoal(), new Fulfilled(each.getEvents(), new TreeMap<>(each.getValueE4())));
    }
    return fulfilled;
  }
}
