package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.Dictionary;
import java.util.ArrayList;
import java.util.List;

/** Writes a run of touches as bytes and reads it: the ids, the dictionary, the touches. */
public final class TouchRunCodec {
  private static final int LATE = 0x80;

  /** Set where the goals of an event follow. No code of a type is so large. */
  private static final int MARKED = 0x40;

  /** Set where the amount of an event of the cart or the price of a view follows. */
  private static final int VALUED = 0x20;

  /** Set where the quantity and the value of each product follow. */
  private static final int LINED = 0x10;

  private static final int FLAGS = LATE | MARKED | VALUED | LINED;

  /** The usual number of bytes for everything that is not a touch. */
  private static final int HEADER = 64;

  private TouchRunCodec() {}

  public static byte[] bytes(TouchRun run) {
    var out = new ByteWriter(HEADER + run.bytes());
    write(run, out);
    return out.toBytes();
  }

  /** The ids come first: {@link IdRow} looks for them without reading the rest. */
  public static void write(TouchRun run, ByteWriter out) {
    List<Touch> touches = run.touches();
    out.varint(touches.size());
    for (Touch touch : touches) {
      out.fixed(touch.idHash);
    }
    run.dictionary().write(out);
    writeTouches(touches, out);
  }

  private static void writeTouches(List<Touch> touches, ByteWriter out) {
    long previous = 0;
    for (Touch touch : touches) {
      out.signed(touch.time - previous);
      out.varint(touch.type | flags(touch));
      out.reference(touch.page);
      out.reference(touch.context);
      out.reference(touch.user);
      out.reference(touch.label);
      if (Sale.isOf(touch.type)) {
        out.signed(touch.sale.amount());
        out.fixed(touch.sale.order());
      }
      out.varint(touch.products.length);
      for (int product : touch.products) {
        out.reference(product);
      }
      if (!touch.marks.isEmpty()) {
        touch.marks.write(out);
      }
      if (isValued(touch)) {
        out.signed(touch.sale.amount());
      }
      for (CartLine line : touch.sale.lines()) {
        line.write(out);
      }
      previous = touch.time;
    }
  }

  private static int flags(Touch touch) {
    return (touch.isLate ? LATE : 0)
        | (touch.marks.isEmpty() ? 0 : MARKED)
        | (isValued(touch) ? VALUED : 0)
        | (touch.sale.lines().isEmpty() ? 0 : LINED);
  }

  private static boolean isValued(Touch touch) {
    return touch.sale.amount() != 0 && !Sale.isOf(touch.type);
  }

  /** Reads frozen runs, each when the iteration reaches it. */
  public static Iterable<TouchRun> read(List<? extends FrozenRun> frozen) {
    return () -> frozen.stream().map(each -> read(new ByteReader(each.blob().bytes()))).iterator();
  }

  public static TouchRun read(ByteReader in) {
    long[] ids = new long[in.varint()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.fixed();
    }
    var run = new TouchRun(Dictionary.read(in));
    readTouches(run, in, ids);
    return run;
  }

  private static void readTouches(TouchRun run, ByteReader in, long[] ids) {
    long previous = 0;
    var touch = new Touch.Builder();
    for (long id : ids) {
      previous += in.signed();
      touch.time = previous;
      touch.idHash = id;
      int typeAndFlags = in.varint();
      touch.type = typeAndFlags & ~FLAGS;
      touch.isLate = (typeAndFlags & LATE) != 0;
      touch.page = in.reference();
      touch.context = in.reference();
      touch.user = in.reference();
      touch.label = in.reference();
      touch.sale = Sale.isOf(touch.type) ? new Sale(in.signed(), in.fixed()) : Sale.NONE;
      touch.products = products(in);
      touch.marks = (typeAndFlags & MARKED) != 0 ? Marks.read(in) : Marks.NONE;
      if ((typeAndFlags & (VALUED | LINED)) != 0) {
        touch.sale = sale(in, typeAndFlags, touch);
      }
      run.insert(touch.build());
    }
  }

  private static Sale sale(ByteReader in, int flags, Touch.Builder touch) {
    long amount = (flags & VALUED) == 0 ? touch.sale.amount() : in.signed();
    var lines = new ArrayList<CartLine>();
    int products = touch.products.length / 2;
    for (int left = (flags & LINED) == 0 ? 0 : products; left > 0; left--) {
      lines.add(CartLine.read(in));
    }
    return Sale.isOf(touch.type)
        ? new Sale(amount, touch.sale.order(), List.copyOf(lines))
        : Sale.ofCart(amount, List.copyOf(lines));
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
