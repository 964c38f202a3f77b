package io.weir.model.feature;

import io.weir.model.feature.VisitorPast.AdPast;
import io.weir.model.feature.VisitorPast.Clocks;
import io.weir.model.feature.VisitorPast.Sums;
import java.nio.ByteBuffer;
import java.util.Map;

/** The past of a visitor as bytes, for a store. */
public final class VisitorPastCodec {
  /** Raised with each change of the form or of what {@link VisitorPast} counts. */
  private static final byte VERSION = 1;

  private static final int AD_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;
  private static final int FIXED_BYTES =
      4 + 2 * Sums.SIZE * Integer.BYTES + Integer.BYTES + 3 * Long.BYTES;

  private VisitorPastCodec() {}

  public static byte[] write(VisitorPast past) {
    ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + AD_BYTES * past.ads().size());
    bytes.put(VERSION);
    put(bytes, past.all());
    put(bytes, past.session());
    bytes.putInt(past.sessions());
    Clocks clocks = past.clocks();
    bytes.putLong(clocks.start()).putLong(clocks.latest()).putLong(clocks.pause());
    bytes.put((byte) past.origin().referrerClassNumber());
    bytes.put((byte) past.origin().campaignMediumNumber());
    bytes.put((byte) past.ads().size());
    for (Map.Entry<Long, AdPast> each : past.ads().entrySet()) {
      AdPast ad = each.getValue();
      bytes.putLong(each.getKey()).putInt(ad.impressions()).putInt(ad.clicks());
      bytes.putLong(ad.latestImpression());
    }
    return bytes.array();
  }

  /** The past that was written. Bytes of another version are a visitor without any event. */
  public static VisitorPast read(byte[] written) {
    ByteBuffer bytes = ByteBuffer.wrap(written);
    if (written.length < FIXED_BYTES || bytes.get() != VERSION) {
      return new VisitorPast();
    }
    var past = new VisitorPast(sums(bytes), sums(bytes));
    int sessions = bytes.getInt();
    var clocks = new Clocks(bytes.getLong(), bytes.getLong(), bytes.getLong());
    past.restore(sessions, clocks, SessionOrigin.ofNumbers(bytes.get(), bytes.get()));
    int ads = bytes.get();
    for (int at = 0; at < ads; at++) {
      long hash = bytes.getLong();
      past.ads().put(hash, new AdPast(bytes.getInt(), bytes.getInt(), bytes.getLong()));
    }
    return past;
  }

  private static void put(ByteBuffer bytes, Sums sums) {
    for (int count : sums.counts()) {
      bytes.putInt(count);
    }
  }

  private static Sums sums(ByteBuffer bytes) {
    var counts = new int[Sums.SIZE];
    for (int at = 0; at < counts.length; at++) {
      counts[at] = bytes.getInt();
    }
    return new Sums(counts);
  }
}
