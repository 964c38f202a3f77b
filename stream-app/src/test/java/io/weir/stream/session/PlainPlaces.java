package io.weir.stream.session;

import static java.util.Objects.requireNonNullElse;

import io.weir.contract.avro.AdPlaceCounts;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Session;
import io.weir.stream.session.text.PageName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Impressions, clicks and matched clicks by page and by position, as they are defined. */
final class PlainPlaces {
  private static final long MATCH_MS = 1_800_000;

  private final Map<String, List<Integer>> counts = new TreeMap<>();

  private PlainPlaces() {}

  static Map<String, List<Integer>> of(List<EnrichedEvent> events) {
    var places = new PlainPlaces();
    var shown = new ArrayList<EnrichedEvent>();
    var clicks = new ArrayList<EnrichedEvent>();
    for (EnrichedEvent event : events) {
      if (event.getEventType().equals("ad_impression")) {
        places.count(event, 0);
        shown.add(event);
      } else if (event.getEventType().equals("ad_click")) {
        places.count(event, 1);
        clicks.add(event);
      }
    }
    clicks.sort(Comparator.comparingLong(EnrichedEvent::getEventTime));
    for (EnrichedEvent click : clicks) {
      shown.stream()
          .filter(each -> click.getAdId() != null && click.getAdId().equals(each.getAdId()))
          .filter(each -> each.getEventTime() <= click.getEventTime())
          .filter(each -> each.getEventTime() >= click.getEventTime() - MATCH_MS)
          .max(
              Comparator.comparingLong(EnrichedEvent::getEventTime)
                  .thenComparing(PlainPlaces::page)
                  .thenComparing(PlainPlaces::position))
          .ifPresent(match -> {
            shown.remove(match);
            places.count(match, 2);
          });
    }
    return places.counts;
  }

  private static String page(EnrichedEvent event) {
    return requireNonNullElse(PageName.of(event), "");
  }

  private static String position(EnrichedEvent event) {
    return event.getProperties().getOrDefault("position", "");
  }

  private void count(EnrichedEvent event, int what) {
    for (String place : List.of("page " + page(event), "position " + position(event))) {
      var more = new ArrayList<>(counts.getOrDefault(place, List.of(0, 0, 0)));
      more.set(what, more.get(what) + 1);
      counts.put(place, List.copyOf(more));
    }
  }

  static Map<String, List<Integer>> of(Session session) {
    var counts = new TreeMap<String, List<Integer>>();
    session.getAdPages().forEach(each -> counts.put("page " + each.getPlace(), numbers(each)));
    session
        .getAdPositions()
        .forEach(each -> counts.put("position " + each.getPlace(), numbers(each)));
    return counts;
  }

  private static List<Integer> numbers(AdPlaceCounts counts) {
    return List.of(counts.getImpressions(), counts.getClicks(), counts.getMatchedClicks());
  }
}
