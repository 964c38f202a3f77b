package io.weir.stream.session;

/**
 * Closed sessions of a visitor as bytes: longer than a session's gap before whatever comes next, so
 * that nobody looks into them until an event comes near or asks whether it is known.
 */
final class Archive implements Frozen {
  private final int number;
  private final long lastStart;
  private final long end;
  private final long lastEnd;
  private final int weight;
  private final byte[] body;

  /**
   * @param last the last of the sessions
   * @param weight what their touches weigh
   * @param body as {@link VisitorStateCodec} writes it
   */
  Archive(Slice last, int weight, byte[] body) {
    this.number = last.number();
    this.lastStart = last.start();
    this.end = last.end();
    this.lastEnd = last.lastEnd();
    this.weight = weight;
    this.body = body;
  }

  Archive(ByteReader in) {
    this.number = in.varint();
    this.lastStart = in.fixed();
    this.end = in.fixed();
    this.lastEnd = in.fixed();
    this.weight = in.varint();
    this.body = in.bytes();
  }

  /** Of the last of them among all of the visitor's sessions. */
  int number() {
    return number;
  }

  /** When the last of them started. */
  long lastStart() {
    return lastStart;
  }

  /** Time of the last event. */
  long end() {
    return end;
  }

  /** End of the last session up to there, {@link VisitorState#NEVER} if there is none. */
  long lastEnd() {
    return lastEnd;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public byte[] body() {
    return body;
  }

  void write(ByteWriter out) {
    out.varint(number);
    out.fixed(lastStart);
    out.fixed(end);
    out.fixed(lastEnd);
    out.varint(weight);
    out.bytes(body);
  }
}
