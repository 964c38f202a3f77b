package io.weir.stream.session;

/**
 * Closed sessions of a visitor as bytes: longer than a session's gap before whatever comes next, so
 * that nobody looks into them until an event comes near or asks whether it is known. Many events
 * make several archives that say the same of their last session.
 *
 * @param number of the last of them among all of the visitor's sessions
 * @param lastStart when the last of them started
 * @param end time of the last event
 * @param lastEnd end of the last session up to there, {@link VisitorState#NEVER} if there is none
 * @param blob as {@link StretchCodec} writes it
 */
record Archive(int number, long lastStart, long end, long lastEnd, Blob blob) implements Frozen {

  static Archive of(Slice last, Stretch touches) {
    var blob = new Blob(StretchCodec.bytes(touches));
    return new Archive(last.number(), last.start(), last.end(), last.lastEnd(), blob);
  }

  void write(ByteWriter out, boolean isWhole) {
    out.varint(number);
    out.fixed(lastStart);
    out.fixed(end);
    out.fixed(lastEnd);
    blob.write(out, isWhole);
  }

  static Archive read(ByteReader in, PartReader parts) {
    return new Archive(in.varint(), in.fixed(), in.fixed(), in.fixed(), Blob.read(in, parts));
  }
}
