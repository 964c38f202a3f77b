package io.weir.stream.session.sums;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The impressions and clicks of a session by ad.
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
   * @param ad null if the event names none; it matches nothing then
   */
  public void add(int type, @Nullable String ad, long time) {
    boolean isClick = type == CLICK;
    if (ad == null || ad.isEmpty()) {
      unknown.count(isClick);
    } else if (isNamed(ad)) {
      ads.computeIfAbsent(ad, _ -> new AdEvents()).add(isClick, time);
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
  }

  /** Fills the columns. */
  public void fill(Session row) {
    var counts = new ArrayList<AdCounts>();
    list("", unknown, counts);
    ads.forEach((ad, events) -> list(ad, events, counts));
    list(OTHER, other, counts);
    row.setAds(counts);
    row.setMatchedClicks(counts.stream().mapToInt(AdCounts::getMatchedClicks).sum());
  }

  private static void list(String ad, AdEvents events, List<AdCounts> counts) {
    if (!events.isEmpty()) {
      counts.add(new AdCounts(ad, events.impressions(), events.clicks(), events.matched()));
    }
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
}
