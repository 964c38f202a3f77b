package io.weir.stream.session.sums;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.AdLabel;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The impressions and clicks of a session by ad, and by the page and the position where they were.
 * A matched click counts where its impression was.
 *
 * <p>The first ads in the order of their ids are named. An ad that is not among them never comes
 * back, because more events only bring more ids before it. So the result is the same in any order.
 */
public final class AdClicks {
  static final int MOST = 100;

  /** The name of all ads that are not named. Their clicks match nothing. */
  static final String OTHER = "(other)";

  private static final int IMPRESSION = TouchType.AD_IMPRESSION.code();
  private static final int CLICK = TouchType.AD_CLICK.code();

  private final NavigableMap<String, AdEvents> ads = new TreeMap<>();
  private final AdEvents unknown;
  private final AdEvents other;
  private AdNames pages = new AdNames();
  private AdNames positions = new AdNames();

  public AdClicks() {
    this(new AdEvents(), new AdEvents());
  }

  private AdClicks(AdEvents unknown, AdEvents other) {
    this.unknown = unknown;
    this.other = other;
  }

  /** Whether an event of a type is one that ads have. */
  public static boolean isOf(int type) {
    return type == IMPRESSION || type == CLICK;
  }

  /**
   * Adds an event.
   *
   * @param label an {@link AdLabel}; without an ad the event matches nothing
   * @param page null if it is not known
   */
  public void add(int type, @Nullable String label, @Nullable String page, long time) {
    boolean isClick = type == CLICK;
    String ad = AdLabel.ad(label);
    AdPlace place = AdPlace.of(page, AdLabel.position(label));
    pages.count(place.page(), isClick ? 0 : 1, isClick ? 1 : 0);
    positions.count(place.position(), isClick ? 0 : 1, isClick ? 1 : 0);
    if (ad.isEmpty()) {
      unknown.count(isClick);
    } else if (isNamed(ad)) {
      ads.computeIfAbsent(ad, _ -> new AdEvents()).add(isClick, time, place);
      removeBeyondMost();
    } else {
      other.count(isClick);
    }
  }

  private boolean isNamed(String ad) {
    return ads.size() < MOST || ad.compareTo(ads.lastKey()) <= 0;
  }

  private void removeBeyondMost() {
    while (ads.size() > MOST) {
      other.addCounts(ads.pollLastEntry().getValue());
    }
  }

  void addAll(AdClicks others) {
    others.ads.forEach((ad, events) -> ads.computeIfAbsent(ad, _ -> new AdEvents()).addAll(events));
    removeBeyondMost();
    unknown.addCounts(others.unknown);
    other.addCounts(others.other);
    pages.addAll(others.pages);
    positions.addAll(others.positions);
  }

  /** Fills the columns. */
  public void fill(Session row) {
    var counts = new ArrayList<AdCounts>();
    var matchedPages = new TreeMap<String, Integer>();
    var matchedPositions = new TreeMap<String, Integer>();
    list("", unknown, 0, counts);
    ads.forEach((ad, events) -> {
      AdEvents.Matches matches = events.matches();
      matches.pages().forEach((page, of) -> matchedPages.merge(page, of, Integer::sum));
      matches.positions().forEach((place, of) -> matchedPositions.merge(place, of, Integer::sum));
      list(ad, events, matches.count(), counts);
    });
    list(OTHER, other, 0, counts);
    row.setAds(counts);
    row.setAdPages(pages.counts(matchedPages));
    row.setAdPositions(positions.counts(matchedPositions));
    row.setMatchedClicks(counts.stream().mapToInt(AdCounts::getMatchedClicks).sum());
  }

  private static void list(String ad, AdEvents events, int matched, List<AdCounts> counts) {
    if (!events.isEmpty()) {
      counts.add(new AdCounts(ad, events.impressions(), events.clicks(), matched));
    }
  }

  /** Sets the columns of a session without ads. */
  public static void fillNone(Session row) {
    row.setAds(List.of());
    row.setAdPages(List.of());
    row.setAdPositions(List.of());
  }

  void write(ByteWriter out) {
    out.varint(ads.size());
    ads.forEach((ad, events) -> {
      out.text(ad);
      events.write(out);
    });
    unknown.write(out);
    other.write(out);
  }

  static AdClicks read(ByteReader in) {
    var named = new TreeMap<String, AdEvents>();
    for (int left = in.varint(); left > 0; left--) {
      named.put(in.text(), AdEvents.read(in));
    }
    var read = new AdClicks(AdEvents.read(in), AdEvents.read(in));
    read.ads.putAll(named);
    return read;
  }

  /** Writes where the events were. Must follow {@link #write}. */
  void writePlaces(ByteWriter out) {
    pages.write(out);
    positions.write(out);
    ads.values().forEach(events -> events.writePlaces(out, pages, positions));
  }

  void readPlaces(ByteReader in) {
    pages = AdNames.read(in);
    positions = AdNames.read(in);
    List<String> pageNames = pages.names();
    List<String> positionNames = positions.names();
    ads.values().forEach(events -> events.readPlaces(in, pageNames, positionNames));
  }

  /** Says that the places of all events are not known: an earlier version did not keep them. */
  void forgetPlaces() {
    ads.values().forEach(AdEvents::forgetPlaces);
    var all = new ArrayList<>(ads.values());
    all.add(unknown);
    all.add(other);
    for (AdEvents events : all) {
      if (!events.isEmpty()) {
        pages.count("", events.impressions(), events.clicks());
        positions.count("", events.impressions(), events.clicks());
      }
    }
  }
}
