package io.weir.stream.session;

/** The bytes of a {@link Stretch}: the ids, the texts, the contexts, the touches. */
final class StretchCodec {
  private static final int LATE = 0x80;

  /** Room for what is no touch, as a rule. */
  private static final int HEADER = 64;

  private StretchCodec() {}

  static byte[] bytes(Stretch stretch) {
    var out = new ByteWriter(HEADER + stretch.bytes());
    write(stretch, out);
    return out.toBytes();
  }

  /** The ids come first: {@link IdRow} looks for them without reading the rest. */
  static void write(Stretch stretch, ByteWriter out) {
    out.varint(stretch.touches.size());
    for (Touch touch : stretch.touches) {
      out.fixed(touch.idHash);
    }
    stretch.texts.write(out);
    out.varint(stretch.contexts.size());
    for (Context context : stretch.contexts) {
      context.write(out);
    }
    writeTouches(stretch, out);
  }

  private static void writeTouches(Stretch stretch, ByteWriter out) {
    long previous = 0;
    for (Touch touch : stretch.touches) {
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

  static Stretch of(byte[] bytes) {
    return read(new ByteReader(bytes));
  }

  static Stretch read(ByteReader in) {
    long[] ids = new long[in.varint()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.fixed();
    }
    var stretch = new Stretch(Texts.read(in));
    int contexts = in.varint();
    for (int i = 0; i < contexts; i++) {
      stretch.contexts.add(Context.read(in));
    }
    readTouches(stretch, in, ids);
    return stretch;
  }

  private static void readTouches(Stretch stretch, ByteReader in, long[] ids) {
    long previous = 0;
    var touch = new Touch.Builder();
    for (long id : ids) {
      previous += in.signed();
      touch.time = previous;
      touch.idHash = id;
      int typeAndFlags = in.varint();
      touch.type = typeAndFlags & ~LATE;
      touch.isLate = (typeAndFlags & LATE) != 0;
      touch.page = in.reference();
      touch.context = in.reference();
      touch.user = in.reference();
      touch.revenue = in.signed();
      touch.currency = in.reference();
      touch.products = products(in);
      stretch.insert(touch.build());
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
