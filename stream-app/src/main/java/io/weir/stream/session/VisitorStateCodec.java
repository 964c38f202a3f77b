package io.weir.stream.session;

/** The bytes of a {@link VisitorState}: a version, then varints; numbers that repeat as deltas. */
public final class VisitorStateCodec {
  /** Anything else is refused: no other version was ever released. */
  private static final int VERSION = 5;

  /** Room for what is no touch, as a rule. */
  private static final int HEADER = 512;

  private VisitorStateCodec() {}

  /** All of the state. */
  public static byte[] encode(VisitorState state) {
    return encode(state, true, state.encodedSize());
  }

  /**
   * The visitor's own record. What it leaves to parts lies in the store already, and what it names
   * no more is there still: see {@link #deleteStale}.
   */
  public static byte[] encode(VisitorState state, PartStore parts) {
    int inside = state.parts.write(state, parts);
    return encode(state, false, state.encodedSize() - state.frozenBytes() + inside);
  }

  /** Whether a visitor's own record leaves, or has ever left, something to parts. */
  public static boolean hasParts(byte[] record) {
    var in = new ByteReader(record);
    checkVersion(in);
    in.varint();
    in.fixed();
    in.fixed();
    in.bytes();
    in.fixed();
    return in.varint() > Blob.INSIDE + 1;
  }

  /** Comes after the visitor's own record was written. */
  public static void deleteStale(VisitorState state, PartStore parts) {
    state.parts.deleteStale(state, parts);
  }

  /** Comes after the visitor's own record was deleted. */
  public static void deleteAll(VisitorState state, PartStore parts) {
    state.parts.deleteAll(parts);
  }

  private static byte[] encode(VisitorState state, boolean isWhole, int size) {
    var out = new ByteWriter(HEADER + size);
    out.varint(VERSION);
    out.varint(state.forgottenSessions);
    out.fixed(state.forgottenEnd);
    out.fixed(state.timer);
    out.text(state.user == null ? "" : state.user);
    out.fixed(state.userTime);
    out.varint(state.parts.next());
    writeEmissions(state, out);
    writeFrozen(state, out, isWhole);
    StretchCodec.write(state.live(), out);
    return out.toBytes();
  }

  private static void writeFrozen(VisitorState state, ByteWriter out, boolean isWhole) {
    out.varint(state.archives().size());
    for (Archive archive : state.archives()) {
      archive.write(out, isWhole);
    }
    out.varint(state.chunks().size());
    for (Chunk chunk : state.chunks()) {
      chunk.blob().write(out, isWhole);
    }
    Folding folding = state.folding();
    out.varint(folding == null ? 0 : 1);
    if (folding != null) {
      folding.write(out, isWhole);
    }
  }

  private static void writeEmissions(VisitorState state, ByteWriter out) {
    out.varint(state.emissions.size());
    long previous = 0;
    for (Emission emission : state.emissions) {
      out.signed(emission.start() - previous);
      out.varint(emission.revision());
      out.fixed(emission.digest());
      out.varint(emission.isRetracted() ? 1 : 0);
      previous = emission.start();
    }
  }

  /** A state that was encoded whole. */
  public static VisitorState decode(byte[] bytes) {
    return decode(bytes, PartReader.NONE);
  }

  public static VisitorState decode(byte[] bytes, PartReader parts) {
    var in = new ByteReader(bytes);
    checkVersion(in);
    var state = new VisitorState();
    state.forgottenSessions = in.varint();
    state.forgottenEnd = in.fixed();
    state.timer = in.fixed();
    String user = in.text();
    state.user = user.isEmpty() ? null : user;
    state.userTime = in.fixed();
    state.parts.readNext(in.varint());
    readEmissions(state, in);
    readFrozen(state, in, parts);
    state.take(StretchCodec.read(in));
    return state;
  }

  private static void checkVersion(ByteReader in) {
    int version = in.varint();
    if (version != VERSION) {
      throw new IllegalStateException(
          "visitor state of version " + version + "; this program reads version " + VERSION);
    }
  }

  private static void readFrozen(VisitorState state, ByteReader in, PartReader parts) {
    for (int left = in.varint(); left > 0; left--) {
      state.add(Archive.read(in, parts));
    }
    for (int left = in.varint(); left > 0; left--) {
      state.add(new Chunk(Blob.read(in, parts)));
    }
    if (in.varint() == 1) {
      state.take(Folding.read(in, parts));
    }
    for (FrozenList<?> list : state.frozen()) {
      list.items().forEach(each -> state.parts.addStored(each.blob()));
    }
  }

  private static void readEmissions(VisitorState state, ByteReader in) {
    int count = in.varint();
    long previous = 0;
    for (int i = 0; i < count; i++) {
      previous += in.signed();
      state.emissions.add(new Emission(previous, in.varint(), in.fixed(), in.varint() == 1));
    }
  }
}
