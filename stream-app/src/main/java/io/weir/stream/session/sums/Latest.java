package io.weir.stream.session.sums;

import io.weir.contract.avro.FeatureInputs;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.util.Locale;

/** The type of a session's last event that is no identify, and the price of the last view. */
public final class Latest {
  private static final int IDENTIFY = TouchType.IDENTIFY.code();
  private static final int PRODUCT_VIEW = TouchType.PRODUCT_VIEW.code();
  private static final int NOTHING = -1;

  private int type = NOTHING;
  private long time = Long.MIN_VALUE;
  private long typeId = Long.MIN_VALUE;
  private long price;
  private long viewed = Long.MIN_VALUE;
  private long viewId = Long.MIN_VALUE;

  /** Adds an event, before or after others. Of equal times, the hash of the id says the order. */
  public void add(Touch touch) {
    if (touch.type != IDENTIFY) {
      addType(touch.type, touch.time, touch.idHash);
    }
    if (touch.type == PRODUCT_VIEW && touch.sale.amount() > 0) {
      addPrice(touch.sale.amount(), touch.time, touch.idHash);
    }
  }

  void addAll(Latest other) {
    addType(other.type, other.time, other.typeId);
    addPrice(other.price, other.viewed, other.viewId);
  }

  private void addType(int of, long at, long id) {
    if (isAfter(at, id, time, typeId)) {
      type = of;
      time = at;
      typeId = id;
    }
  }

  private void addPrice(long of, long at, long id) {
    if (isAfter(at, id, viewed, viewId)) {
      price = of;
      viewed = at;
      viewId = id;
    }
  }

  /** The order of touches. */
  private static boolean isAfter(long at, long id, long otherAt, long otherId) {
    return at == otherAt ? id > otherId : at > otherAt;
  }

  /** Fills the inputs that follow. */
  public void fill(FeatureInputs inputs) {
    inputs.setLastEvent(
        type == NOTHING ? null : TouchType.ofCode(type).name().toLowerCase(Locale.ROOT));
    inputs.setLastPriceE4(price == 0 ? null : price);
  }

  void write(ByteWriter out) {
    out.varint(type + 1);
    out.fixed(time);
    out.fixed(typeId);
    out.varlong(price);
    out.fixed(viewed);
    out.fixed(viewId);
  }

  static Latest read(ByteReader in) {
    var read = new Latest();
    read.type = in.varint() - 1;
    read.time = in.fixed();
    read.typeId = in.fixed();
    read.price = in.varlong();
    read.viewed = in.fixed();
    read.viewId = in.fixed();
    return read;
  }

  /** Writes what was filled before. */
  static void write(FeatureInputs filled, ByteWriter out) {
    String last = filled.getLastEvent();
    Long lastPrice = filled.getLastPriceE4();
    out.varint(last == null ? 0 : TouchType.of(last).code() + 1);
    out.varlong(lastPrice == null ? 0 : lastPrice);
  }

  static void read(FeatureInputs inputs, ByteReader in) {
    var read = new Latest();
    read.type = in.varint() - 1;
    read.price = in.varlong();
    read.fill(inputs);
  }
}
