package io.weir.stream.gold;

import io.weir.contract.avro.EnrichedEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * What events have added to the breakdowns that are the same for most events of a visit, before it
 * goes to the book. So an event costs one look-up for all of them, and the book gets the sum.
 */
final class EventSums {
  /** Few enough for the memory of hostile values, and for the cache of a processor. */
  private static final int MOST = 1_024;

  private final GoldBook book;
  private final Map<Visit, Counted> visits = new HashMap<>();

  EventSums(GoldBook book) {
    this.book = book;
  }

  /** A place, and the values that the events of a visit have in common. */
  private record Visit(
      Place place, String device, String country, String campaign, String source, String app) {}

  /** What the events of a visit add, and the names under which they count. */
  private record Counted(Visit names, CellSums sums) {}

  /** Adds an event to the total, and by device, country, campaign, source and app. */
  void add(Place place, EnrichedEvent event, CellSums counted) {
    var visit =
        new Visit(
            place,
            GoldValue.of(event.getDevice()),
            GoldValue.of(event.getCountry()),
            GoldValue.of(event.getCampaignName()),
            GoldValue.of(event.getCampaignSource()),
            GoldValue.of(event.getAppId()));
    Counted known = visits.get(visit);
    if (known == null) {
      if (visits.size() >= MOST) {
        flush();
      }
      known = new Counted(named(visit), new CellSums());
      visits.put(visit, known);
    }
    known.sums.add(counted);
  }

  /** Values get names in the order of their first events. */
  private Visit named(Visit visit) {
    Place place = visit.place;
    return new Visit(
        place,
        book.name(place, Breakdown.EVENTS_BY_DEVICE, visit.device),
        book.name(place, Breakdown.EVENTS_BY_COUNTRY, visit.country),
        book.name(place, Breakdown.EVENTS_BY_CAMPAIGN, visit.campaign),
        book.name(place, Breakdown.EVENTS_BY_SOURCE, visit.source),
        book.name(place, Breakdown.EVENTS_BY_APP, visit.app));
  }

  /** Adds all to the book. */
  void flush() {
    visits.values().forEach(each -> add(each.names, each.sums));
    visits.clear();
  }

  private void add(Visit names, CellSums sums) {
    Place place = names.place;
    book.addAs(place, Breakdown.EVENTS, "", sums);
    book.addAs(place, Breakdown.EVENTS_BY_DEVICE, names.device, sums);
    book.addAs(place, Breakdown.EVENTS_BY_COUNTRY, names.country, sums);
    book.addAs(place, Breakdown.EVENTS_BY_CAMPAIGN, names.campaign, sums);
    book.addAs(place, Breakdown.EVENTS_BY_SOURCE, names.source, sums);
    book.addAs(place, Breakdown.EVENTS_BY_APP, names.app, sums);
  }
}
