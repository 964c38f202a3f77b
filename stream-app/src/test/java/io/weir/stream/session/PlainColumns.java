package io.weir.stream.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The columns of engagement, of the ordered funnel, of ads, of goals, of the app and of the cart,
 * computed from the events as they are defined.
 *
 * @param funnelTimes of the steps that were reached
 * @param ads impressions, clicks and matched clicks by ad
 * @param places the same by page and by position, which begin with different letters
 */
record PlainColumns(
    long engagedMs,
    boolean isEngaged,
    boolean isSingleViewBounce,
    List<Long> funnelTimes,
    Map<String, List<Integer>> ads,
    Map<String, List<Integer>> places,
    Map<String, PlainGoals.Fulfilled> goals,
    Optional<String> app,
    Map<String, Long> cart,
    Map<String, PlainCart.Left> cartProducts) {
  private static final long MATCH_MS = 1_800_000;

  private static final List<String> STEPS =
      List.of("product_view", "add_to_cart", "checkout", "purchase");
  private static final Set<String> PASSIVE =
      Set.of("page_view", "page_ping", "ad_impression", "identify");

  /** The columns of a session; {@code repeats} are purchases of orders that count elsewhere. */
  static PlainColumns of(List<EnrichedEvent> events, Set<EnrichedEvent> repeats) {
    long engaged =
        10_000 * times(events, "page_ping").map(time -> time / 10_000).distinct().count();
    long views = times(events, "page_view").count();
    boolean isConverted =
        times(events, "purchase").count() > events.stream().filter(repeats::contains).count();
    return new PlainColumns(
        engaged,
        engaged >= 10_000 || views >= 2 || isConverted,
        views == 1 && events.stream().allMatch(event -> PASSIVE.contains(event.getEventType())),
        funnel(events),
        ads(events),
        PlainPlaces.of(events),
        PlainGoals.of(events, repeats),
        events.stream().map(EnrichedEvent::getAppId).filter(Objects::nonNull).findFirst(),
        PlainCart.value(events),
        PlainCart.products(events));
  }

  private static List<Long> funnel(List<EnrichedEvent> events) {
    var reached = new ArrayList<Long>();
    for (String step : STEPS) {
      long earliest = reached.isEmpty() ? Long.MIN_VALUE : reached.getLast();
      var next = times(events, step).filter(time -> time >= earliest).min();
      if (next.isEmpty()) {
        break;
      }
      reached.add(next.getAsLong());
    }
    return reached;
  }

  private static Map<String, List<Integer>> ads(List<EnrichedEvent> events) {
    var byAd = new TreeMap<String, List<EnrichedEvent>>();
    for (EnrichedEvent event : events) {
      if (event.getEventType().startsWith("ad_")) {
        String ad = event.getAdId() == null ? "" : event.getAdId();
        byAd.computeIfAbsent(ad, _ -> new ArrayList<>()).add(event);
      }
    }
    var counts = new TreeMap<String, List<Integer>>();
    byAd.forEach((ad, all) -> {
      int impressions = (int) times(all, "ad_impression").count();
      int clicks = (int) times(all, "ad_click").count();
      counts.put(ad, List.of(impressions, clicks, ad.isEmpty() ? 0 : matched(all)));
    });
    return counts;
  }

  /** For each click in order the latest impression that is left, not after it and not too old. */
  private static int matched(List<EnrichedEvent> ofAd) {
    List<Long> left = new ArrayList<>(times(ofAd, "ad_impression").boxed().toList());
    int matched = 0;
    for (long click : times(ofAd, "ad_click").sorted().toArray()) {
      var latest =
          left.stream()
              .filter(shown -> shown <= click && shown >= click - MATCH_MS)
              .max(Comparator.naturalOrder());
      if (latest.isPresent()) {
        left.remove(latest.get());
        matched++;
      }
    }
    return matched;
  }

  private static LongStream times(List<EnrichedEvent> events, String type) {
    return events.stream()
        .filter(event -> event.getEventType().equals(type))
        .mapToLong(EnrichedEvent::getEventTime);
  }

  private static Map<String, List<Integer>> ads(Session session) {
    var counts = new TreeMap<String, List<Integer>>();
    int matched = 0;
    for (AdCounts each : session.getAds()) {
      counts.put(
          each.getAdId(),
          List.of(each.getImpressions(), each.getClicks(), each.getMatchedClicks()));
      matched += each.getMatchedClicks();
    }
    assertThat(session.getMatchedClicks()).isEqualTo(matched);
    return counts;
  }

  static PlainColumns of(Session session) {
    var reached = new ArrayList<Long>();
    reached.add(session.getFunnelViewTime());
    reached.add(session.getFunnelCartTime());
    reached.add(session.getFunnelCheckoutTime());
    reached.add(session.getFunnelPurchaseTime());
    return new PlainColumns(
        session.getEngagedMs(),
        session.getIsEngaged(),
        session.getIsSingleViewBounce(),
        List.copyOf(reached.subList(0, session.getFunnelStep())),
        ads(session),
        PlainPlaces.of(session),
        PlainGoals.of(session),
        Optional.ofNullable(session.getAppId()),
        session.getCartValueE4(),
        PlainCart.products(session));
  }
}
