package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The impressions and clicks of one ad in a session. A click matches the latest earlier impression
 * that no click before has matched, if that is at most 30 minutes old. Events of equal times count
 * as if the impressions came first, in the order of their places.
 */
final class AdEvents {
  /** A fold keeps at most so many events of an ad. The older ones are matched for good. */
  static final int MOST = 128;

  private static final long WINDOW_MS = 30 * 60_000;

  private int impressions;
  private int clicks;

  /** The matched clicks among the events that are not kept any more. */
  private int settled;

  /** The settled ones by the page and by the position of their impressions. */
  private final Map<String, Integer> settledPages = new TreeMap<>();

  private final Map<String, Integer> settledPositions = new TreeMap<>();

  private List<Event> events = new ArrayList<>();

  /**
   * An event that may match.
   *
   * @param code twice the time, and one more for a click
   * @param place of an impression
   */
  private record Event(long code, AdPlace place) {
    private static final Comparator<Event> ORDER =
        Comparator.comparingLong(Event::code).thenComparing(Event::place);

    private boolean isClick() {
      return (code & 1) == 1;
    }
  }

  /** Counts an event that no other one can match. */
  void count(boolean isClick) {
    impressions += isClick ? 0 : 1;
    clicks += isClick ? 1 : 0;
  }

  void add(boolean isClick, long time, AdPlace place) {
    count(isClick);
    events.add(isClick ? new Event(2 * time + 1, AdPlace.UNKNOWN) : new Event(2 * time, place));
  }

  void addAll(AdEvents others) {
    addCounts(others);
    settled += others.settled;
    others.settledPages.forEach((page, matched) -> settledPages.merge(page, matched, Integer::sum));
    others.settledPositions.forEach(
        (position, matched) -> settledPositions.merge(position, matched, Integer::sum));
    events.addAll(others.events);
  }

  /** Adds what others counted, but not the events that may match. */
  void addCounts(AdEvents others) {
    impressions += others.impressions;
    clicks += others.clicks;
  }

  int impressions() {
    return impressions;
  }

  int clicks() {
    return clicks;
  }

  boolean isEmpty() {
    return impressions + clicks == 0;
  }

  /** Finds the clicks that match an impression. */
  Matches matches() {
    var found = new Matches(settled, new TreeMap<>(settledPages), new TreeMap<>(settledPositions));
    Matching matching = matching(events.size());
    matching.matched.forEach(found::add);
    return found;
  }

  /** Matched clicks by page and by position of their impressions. */
  static final class Matches {
    private int count;
    private final Map<String, Integer> pages;
    private final Map<String, Integer> positions;

    private Matches(int count, Map<String, Integer> pages, Map<String, Integer> positions) {
      this.count = count;
      this.pages = pages;
      this.positions = positions;
    }

    private void add(AdPlace place) {
      count++;
      pages.merge(place.page(), 1, Integer::sum);
      positions.merge(place.position(), 1, Integer::sum);
    }

    int count() {
      return count;
    }

    Map<String, Integer> pages() {
      return pages;
    }

    Map<String, Integer> positions() {
      return positions;
    }
  }

  private Matching matching(int first) {
    events.sort(Event.ORDER);
    var matching = new Matching();
    events.subList(0, first).forEach(matching::add);
    return matching;
  }

  /** One pass over events in order: the impressions that are not matched yet, latest on top. */
  private static final class Matching {
    private final List<Event> open = new ArrayList<>();
    private final List<AdPlace> matched = new ArrayList<>();

    private void add(Event event) {
      if (!event.isClick()) {
        open.add(event);
      } else if (!open.isEmpty() && event.code - 1 - open.getLast().code <= 2 * WINDOW_MS) {
        matched.add(open.removeLast().place);
      }
    }
  }

  void write(ByteWriter out) {
    prune();
    events.sort(Event.ORDER);
    out.varint(impressions);
    out.varint(clicks);
    out.varint(settled);
    out.varint(events.size());
    long previous = 0;
    for (Event event : events) {
      out.signed(event.code - previous);
      previous = event.code;
    }
  }

  /** Writes the places, by the numbers of their names. Must follow {@link #write}. */
  void writePlaces(ByteWriter out, AdNames pages, AdNames positions) {
    for (Event event : events) {
      if (!event.isClick()) {
        out.reference(pages.number(event.place.page()));
        out.reference(positions.number(event.place.position()));
      }
    }
    write(settledPages, pages, out);
    write(settledPositions, positions, out);
  }

  private static void write(Map<String, Integer> matched, AdNames names, ByteWriter out) {
    var byNumber = new TreeMap<Integer, Integer>();
    matched.forEach((name, clicks) -> byNumber.merge(names.number(name), clicks, Integer::sum));
    out.varint(byNumber.size());
    byNumber.forEach((number, clicks) -> {
      out.reference(number);
      out.varint(clicks);
    });
  }

  /** Matches the older events for good, and keeps the impressions that a later click may match. */
  private void prune() {
    if (events.size() <= MOST) {
      return;
    }
    int kept = MOST / 2;
    int older = events.size() - kept;
    Matching matching = matching(older);
    settled += matching.matched.size();
    for (AdPlace place : matching.matched) {
      settledPages.merge(place.page(), 1, Integer::sum);
      settledPositions.merge(place.position(), 1, Integer::sum);
    }
    List<Event> open = matching.open;
    var left = new ArrayList<>(open.subList(Math.max(0, open.size() - kept), open.size()));
    left.addAll(events.subList(older, events.size()));
    events = left;
  }

  static AdEvents read(ByteReader in) {
    var read = new AdEvents();
    read.impressions = in.varint();
    read.clicks = in.varint();
    read.settled = in.varint();
    long code = 0;
    for (int left = in.varint(); left > 0; left--) {
      code += in.signed();
      read.events.add(new Event(code, AdPlace.UNKNOWN));
    }
    return read;
  }

  void readPlaces(ByteReader in, List<String> pages, List<String> positions) {
    events.replaceAll(event ->
        event.isClick()
            ? event
            : new Event(
                event.code,
                new AdPlace(
                    AdNames.name(pages, in.reference()), AdNames.name(positions, in.reference()))));
    read(in, pages, settledPages);
    read(in, positions, settledPositions);
  }

  private static void read(ByteReader in, List<String> names, Map<String, Integer> matched) {
    for (int left = in.varint(); left > 0; left--) {
      String name = AdNames.name(names, in.reference());
      matched.put(name, in.varint());
    }
  }

  /** Says that the places of all events are not known: an earlier version did not keep them. */
  void forgetPlaces() {
    if (settled > 0) {
      settledPages.put("", settled);
      settledPositions.put("", settled);
    }
  }
}
