package io.weir.stream.session.sums;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * The time that a page was looked at: ten seconds for each ten seconds of the clock with a page
 * ping. The slots are the clock's and not the session's, so an earlier event that joins the session
 * later moves none of them.
 */
public final class Engagement {
  private static final long SLOT_MS = 10_000;
  private static final int ENGAGED_VIEWS = 2;

  /** Slots as bits, 64 of them in a word; a session of a day has at most 136 words. */
  private final Map<Long, Long> words = new TreeMap<>();

  /** The slot that was added last: pings come close together. */
  private long latest = Long.MIN_VALUE;

  /** Adds the time of a page ping. */
  public void add(long time) {
    long slot = Math.floorDiv(time, SLOT_MS);
    if (slot != latest) {
      add(Math.floorDiv(slot, (long) Long.SIZE), 1L << Math.floorMod(slot, Long.SIZE));
      latest = slot;
    }
  }

  private void add(long word, long bits) {
    words.merge(word, bits, (one, other) -> one | other);
  }

  void addAll(Engagement others) {
    others.words.forEach(this::add);
  }

  /** Fills the columns. The row has the columns that follow from the counts already. */
  public void fill(Session row) {
    long slots = 0;
    for (long bits : words.values()) {
      slots += Long.bitCount(bits);
    }
    row.setEngagedMs(slots * SLOT_MS);
    row.setIsEngaged(slots > 0 || row.getPageViews() >= ENGAGED_VIEWS || row.getIsConverted());
  }

  void write(ByteWriter out) {
    out.varint(words.size());
    long previous = 0;
    for (Map.Entry<Long, Long> entry : words.entrySet()) {
      out.signed(entry.getKey() - previous);
      out.fixed(entry.getValue());
      previous = entry.getKey();
    }
  }

  static Engagement read(ByteReader in) {
    var read = new Engagement();
    long word = 0;
    for (int left = in.varint(); left > 0; left--) {
      word += in.signed();
      read.words.put(word, in.fixed());
    }
    return read;
  }
}
