package io.weir.stream.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The texts of one kind that a session had first, and how many different ones there were. */
final class FirstTexts {
  private final List<Seen> first = new ArrayList<>();
  private final Distinct all;

  FirstTexts() {
    this(new Distinct());
  }

  private FirstTexts(Distinct all) {
    this.all = all;
  }

  void add(Touch touch, int place, String text) {
    all.add(text);
    boolean isFull = first.size() == TextList.MOST;
    if (isFull && !isBefore(touch, first.getLast())) {
      return;
    }
    list(Seen.of(touch, place, text));
  }

  /** Nearly always false for a full list: a row is made in order of time. */
  private static boolean isBefore(Touch touch, Seen last) {
    return touch.time < last.time() || (touch.time == last.time() && touch.idHash <= last.idHash());
  }

  void addAll(FirstTexts others) {
    all.addAll(others.all);
    others.first.forEach(this::list);
  }

  /** What falls off the end never comes back, unless it appears earlier than it did. */
  private void list(Seen seen) {
    for (int i = 0; i < first.size(); i++) {
      Seen known = first.get(i);
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
    for (Seen seen : first) {
      if (!texts.add(Objects.requireNonNull(seen.text(0)))) {
        break;
      }
    }
    return texts.texts();
  }

  void write(ByteWriter out) {
    out.varint(first.size());
    for (Seen seen : first) {
      Seen.write(seen, out);
    }
    all.write(out);
  }

  static FirstTexts read(ByteReader in) {
    var listed = new ArrayList<Seen>();
    for (int left = in.varint(); left > 0; left--) {
      Seen seen = Seen.read(in);
      if (seen != null) {
        listed.add(seen);
      }
    }
    var read = new FirstTexts(Distinct.read(in));
    read.first.addAll(listed);
    return read;
  }
}
