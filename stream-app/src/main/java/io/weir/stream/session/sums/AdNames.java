package io.weir.stream.session.sums;

import io.weir.contract.avro.AdPlaceCounts;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The impressions and clicks of a session by one property of their place. The first names in the
 * order of the alphabet are kept, as those of ads in {@link AdClicks}.
 */
final class AdNames {
  static final int MOST = 100;

  private static final int NONE = -1;

  private final NavigableMap<String, Counts> named = new TreeMap<>();
  private final Counts other = new Counts();

  private static final class Counts {
    private int impressions;
    private int clicks;

    private void add(Counts more) {
      impressions += more.impressions;
      clicks += more.clicks;
    }

    private void write(ByteWriter out) {
      out.varint(impressions);
      out.varint(clicks);
    }

    private void read(ByteReader in) {
      impressions = in.varint();
      clicks = in.varint();
    }
  }

  void count(String name, int impressions, int clicks) {
    Counts counts = isNamed(name) ? named.computeIfAbsent(name, _ -> new Counts()) : other;
    counts.impressions += impressions;
    counts.clicks += clicks;
    removeBeyondMost();
  }

  private boolean isNamed(String name) {
    return named.size() < MOST || name.compareTo(named.lastKey()) <= 0;
  }

  private void removeBeyondMost() {
    while (named.size() > MOST) {
      other.add(named.pollLastEntry().getValue());
    }
  }

  void addAll(AdNames others) {
    others.named.forEach((name, counts) -> count(name, counts.impressions, counts.clicks));
    other.add(others.other);
  }

  /** Lists what was counted, with the matched clicks of each name that was ever counted. */
  List<AdPlaceCounts> counts(Map<String, Integer> matchedByName) {
    var matched = new TreeMap<String, Integer>();
    matchedByName.forEach((name, clicks) -> matched.merge(nameOf(name), clicks, Integer::sum));
    var list = new ArrayList<AdPlaceCounts>();
    named.forEach((name, counts) -> add(list, name, counts, matched));
    if (!named.containsKey(AdClicks.OTHER)) {
      add(list, AdClicks.OTHER, other, matched);
    } else {
      add(list, AdClicks.OTHER, other, Map.of());
    }
    return list;
  }

  private static void add(
      List<AdPlaceCounts> list, String name, Counts counts, Map<String, Integer> matched) {
    if (counts.impressions + counts.clicks > 0) {
      list.add(
          new AdPlaceCounts(
              name, counts.impressions, counts.clicks, matched.getOrDefault(name, 0)));
    }
  }

  private String nameOf(String name) {
    return named.containsKey(name) ? name : AdClicks.OTHER;
  }

  /** The place of a name among those that are kept; -1 for the others. */
  int number(String name) {
    return named.containsKey(name) ? named.headMap(name).size() : NONE;
  }

  /** The names by their numbers. */
  List<String> names() {
    return List.copyOf(named.keySet());
  }

  static String name(List<String> names, int number) {
    return number == NONE ? AdClicks.OTHER : names.get(number);
  }

  void write(ByteWriter out) {
    out.varint(named.size());
    named.forEach((name, counts) -> {
      out.text(name);
      counts.write(out);
    });
    if (named.size() == MOST) {
      other.write(out);
    }
  }

  static AdNames read(ByteReader in) {
    var read = new AdNames();
    for (int left = in.varint(); left > 0; left--) {
      String name = in.text();
      var counts = new Counts();
      counts.read(in);
      read.named.put(name, counts);
    }
    if (read.named.size() == MOST) {
      read.other.read(in);
    }
    return read;
  }
}
