package io.weir.stream.session.sums;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.text.Context;
import io.weir.stream.session.touch.FrozenItem;
import io.weir.stream.session.touch.Touch;

/**
 * The older part of a long session as {@link SessionSums}, with the values that tell where the
 * session begins and ends.
 *
 * @param first time of the first event
 * @param last time of the last event
 * @param isSilent whether there are only identify events
 * @param digest the sum of the digests of the events, see {@link Touch#digest}
 * @param campaign the last one an event named, see {@link Context#campaign}
 * @param blob the sums
 */
public record Fold(
    long first, long last, boolean isSilent, int events, long digest, long campaign, Blob blob)
    implements FrozenItem {

  public SessionSums sums() {
    return SessionSums.read(new ByteReader(blob.bytes()));
  }
}
