package io.weir.stream.session;

/**
 * The older part of a long session as {@link SessionSums}, and of these what tells where the
 * session begins and ends.
 *
 * @param first time of the first event
 * @param last time of the last event
 * @param isSilent whether there are only identify events
 * @param digest of the events, see {@link Slice#digest}
 * @param campaign the last one an event named, see {@link Context#campaign}
 * @param blob the sums
 */
record Fold(
    long first, long last, boolean isSilent, int events, long digest, long campaign, Blob blob)
    implements Frozen {

  SessionSums sums() {
    return SessionSums.read(new ByteReader(blob.bytes()));
  }

  void write(ByteWriter out, boolean isWhole) {
    out.fixed(first);
    out.fixed(last);
    out.varint(isSilent ? 1 : 0);
    out.varint(events);
    out.fixed(digest);
    out.fixed(campaign);
    blob.write(out, isWhole);
  }

  static Fold read(ByteReader in, PartReader parts) {
    return new Fold(
        in.fixed(),
        in.fixed(),
        in.varint() == 1,
        in.varint(),
        in.fixed(),
        in.fixed(),
        Blob.read(in, parts));
  }
}
