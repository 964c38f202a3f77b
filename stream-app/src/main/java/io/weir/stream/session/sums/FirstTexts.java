package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Touch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The first texts of one kind in a session, and the number of distinct ones. */
final class FirstTexts {
  private final List<RankedTexts> first = new ArrayList<>();
  private final DistinctCount all;

  FirstTexts() {
    this(new DistinctCount());
  }

  private FirstTexts(DistinctCount all) {
    this.all = all;
  }

  void add(Touch touch, int place, String text) {
    all.add(text);
    boolean isFull = first.size() == TextList.MOST;
    if (isFull && !isBefore(touch, first.getLast())) {
      return;
    }
    list(RankedTexts.of(touch, place, text));
  }

  /** Whether the touch precedes the last text. Mostly not: touches come in order of time. */
  private static boolean isBefore(Touch touch, RankedTexts last) {
    return touch.time < last.time() || (touch.time == last.time() && touch.idHash <= last.idHash());
  }

  void addAll(FirstTexts others) {
    all.addAll(others.all);
    others.first.forEach(this::list);
  }

  /** Lists a text by rank. One that falls off the end comes back only if it appears earlier. */
  private void list(RankedTexts seen) {
    for (int i = 0; i < first.size(); i++) {
      RankedTexts known = first.get(i);
      if (known.texts().equals(seen.texts())) {
        if (!seen.isBefore(known)) {
          return;
        }
        first.remove(i);
        break;
      }
    }
    int at = first.size();
    while (at > 0 && seen.isBefore(first.get(at - 1))) {
      at--;
    }
    first.add(at, seen);
    if (first.size() > TextList.MOST) {
      first.removeLast();
    }
  }

  int count() {
    return all.count();
  }

  List<String> listed() {
    var texts = new TextList();
    for (RankedTexts seen : first) {
      if (!texts.add(Objects.requireNonNull(seen.text(0)))) {
        break;
      }
    }
    return texts.texts();
  }

  void write(ByteWriter out) {
    out.varint(first.size());
    for (RankedTexts seen : first) {
      RankedTexts.write(seen, out);
    }
    all.write(out);
  }

  static FirstTexts read(ByteReader in) {
    var listed = new ArrayList<RankedTexts>();
    for (int left = in.varint(); left > 0; left--) {
      RankedTexts seen = RankedTexts.read(in);
      if (seen != null) {
        listed.add(seen);
      }
    }
    var read = new FirstTexts(DistinctCount.read(in));
    read.first.addAll(listed);
    return read;
  }
}
