package io.weir.stream.session;

import org.jspecify.annotations.Nullable;

/** The bytes of a {@link VisitorState}: a version, then varints; numbers that repeat as deltas. */
public final class VisitorStateCodec {
  private static final int VERSION = 4;

  /** Without the user. */
  private static final int FIRST_VERSION = 1;

  /** Without archives; each id stands with its touch. */
  private static final int SECOND_VERSION = 2;

  /** Without chunks. */
  private static final int THIRD_VERSION = 3;

  private static final int LATE = 0x80;

  /** Room for what is no touch, as a rule. */
  private static final int HEADER = 512;

  private VisitorStateCodec() {}

  public static byte[] encode(VisitorState state) {
    var out = new ByteWriter(HEADER + state.encodedSize());
    out.varint(VERSION);
    out.varint(state.forgottenSessions);
    out.fixed(state.forgottenEnd);
    out.fixed(state.timer);
    out.text(state.user == null ? "" : state.user);
    out.fixed(state.userTime);
    writeEmissions(state, out);
    out.varint(state.archives().size());
    for (Archive archive : state.archives()) {
      archive.write(out);
    }
    out.varint(state.chunks().size());
    for (Chunk chunk : state.chunks()) {
      chunk.write(out);
    }
    writeBody(state, out);
    return out.toBytes();
  }

  /** The touches and what they refer to. */
  static byte[] body(VisitorState state) {
    var out = new ByteWriter(HEADER + state.encodedSize());
    writeBody(state, out);
    return out.toBytes();
  }

  /** The ids come first: {@link Frozen} looks for them without reading the rest. */
  private static void writeBody(VisitorState state, ByteWriter out) {
    out.varint(state.touches.size());
    for (Touch touch : state.touches) {
      out.fixed(touch.idHash);
    }
    state.texts.write(out);
    out.varint(state.contexts.size());
    for (Context context : state.contexts) {
      context.write(out);
    }
    writeTouches(state, out);
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

  private static void writeTouches(VisitorState state, ByteWriter out) {
    long previous = 0;
    for (Touch touch : state.touches) {
      out.signed(touch.time - previous);
      out.varint(touch.type | (touch.isLate ? LATE : 0));
      out.reference(touch.page);
      out.reference(touch.context);
      out.reference(touch.user);
      out.signed(touch.revenue);
      out.reference(touch.currency);
      out.varint(touch.products.length);
      for (int product : touch.products) {
        out.reference(product);
      }
      previous = touch.time;
    }
  }

  public static VisitorState decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    int version = in.varint();
    if (version < FIRST_VERSION || version > VERSION) {
      throw new IllegalStateException(
          "visitor state of version " + version + "; this program reads up to " + VERSION);
    }
    var state = new VisitorState();
    state.forgottenSessions = in.varint();
    state.forgottenEnd = in.fixed();
    state.timer = in.fixed();
    if (version > FIRST_VERSION) {
      String user = in.text();
      state.user = user.isEmpty() ? null : user;
      state.userTime = in.fixed();
    }
    if (version > SECOND_VERSION) {
      readEmissions(state, in);
      readFrozen(state, in, version > THIRD_VERSION);
      readBody(state, in);
    } else {
      readTexts(state, in);
      readEmissions(state, in);
      int count = in.varint();
      readTouches(state, in, count, null);
    }
    return state;
  }

  private static void readFrozen(VisitorState state, ByteReader in, boolean hasChunks) {
    for (int left = in.varint(); left > 0; left--) {
      state.add(new Archive(in));
    }
    for (int left = hasChunks ? in.varint() : 0; left > 0; left--) {
      state.add(Chunk.read(in));
    }
  }

  static VisitorState ofBody(byte[] body) {
    var state = new VisitorState();
    readBody(state, new ByteReader(body));
    return state;
  }

  private static void readBody(VisitorState state, ByteReader in) {
    long[] ids = new long[in.varint()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.fixed();
    }
    readTexts(state, in);
    readTouches(state, in, ids.length, ids);
  }

  private static void readTexts(VisitorState state, ByteReader in) {
    state.texts = Texts.read(in);
    int contexts = in.varint();
    for (int i = 0; i < contexts; i++) {
      state.contexts.add(Context.read(in));
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

  /**
   * @param ids null when each stands with its touch
   */
  private static void readTouches(
      VisitorState state, ByteReader in, int count, long @Nullable [] ids) {
    long previous = 0;
    var touch = new Touch.Builder();
    for (int i = 0; i < count; i++) {
      previous += in.signed();
      touch.time = previous;
      touch.idHash = ids == null ? in.fixed() : ids[i];
      int typeAndFlags = in.varint();
      touch.type = typeAndFlags & ~LATE;
      touch.isLate = (typeAndFlags & LATE) != 0;
      touch.page = in.reference();
      touch.context = in.reference();
      touch.user = in.reference();
      touch.revenue = in.signed();
      touch.currency = in.reference();
      touch.products = products(in);
      state.insert(touch.build(state.texts));
    }
  }

  private static int[] products(ByteReader in) {
    int count = in.varint();
    if (count == 0) {
      return Touch.Builder.NO_PRODUCTS;
    }
    int[] products = new int[count];
    for (int i = 0; i < count; i++) {
      products[i] = in.reference();
    }
    return products;
  }
}
