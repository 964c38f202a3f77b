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
  private long price;
  private long viewed = Long.MIN_VALUE;

  /** Adds an event; of equal times the one added later is the last. */
  public void add(Touch touch) {
    if (touch.type != IDENTIFY && touch.time >= time) {
      type = touch.type;
      time = touch.time;
    }
    if (touch.type == PRODUCT_VIEW && touch.sale.amount() > 0 && touch.time >= viewed) {
      price = touch.sale.amount();
      viewed = touch.time;
    }
  }

  void addAll(Latest later) {
    if (later.type != NOTHING && later.time >= time) {
      type = later.type;
      time = later.time;
    }
    if (later.price > 0 && later.viewed >= viewed) {
      price = later.price;
      viewed = later.viewed;
    }
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
    out.varlong(price);
    out.fixed(viewed);
  }

  static Latest read(ByteReader in) {
    var read = new Latest();
    read.type = in.varint() - 1;
    read.time = in.fixed();
    read.price = in.varlong();
    read.viewed = in.fixed();
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
