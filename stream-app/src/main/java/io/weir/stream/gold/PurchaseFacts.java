package io.weir.stream.gold;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a purchase of an order in the cells of events and products. It is taken back when an
 * earlier purchase of the order turns up; the purchase stays counted as an event.
 *
 * @param isBot whether it counts among robots now
 * @param isAgents whether its own agent is a robot's, so that it stays there
 * @param names under which it counts, in the order of {@link EventGold#BREAKDOWNS}
 * @param lines its products
 */
public record PurchaseFacts(
    boolean isBot,
    boolean isAgents,
    List<String> names,
    String currency,
    BigInteger amount,
    List<Line> lines) {
  private static final int VERSION = 1;
  private static final int PERSONS = 0;

  /** All that an earlier version counted among robots is of this kind. */
  private static final int AGENTS = 1;

  private static final int ROBOTS = 2;
  private static final int USUAL_BYTES = 128;

  public PurchaseFacts {
    names = List.copyOf(names);
    lines = List.copyOf(lines);
  }

  /** A product, with the names under which it and its category count. */
  record Line(String product, String category, long quantity, BigInteger revenue) {
    CellSums sums(String currency) {
      return new CellSums()
          .add(Measure.PURCHASES, 1)
          .add(Measure.QUANTITY, quantity)
          .addRevenue(currency, revenue);
    }
  }

  CellSums sums() {
    return new CellSums().add(Measure.PURCHASES, 1).addRevenue(currency, amount);
  }

  /** Encodes the facts: a version first, then varints and texts. */
  public byte[] bytes() {
    var out = new ByteWriter(USUAL_BYTES);
    out.varint(VERSION);
    out.varint(isAgents ? AGENTS : isBot ? ROBOTS : PERSONS);
    out.varint(names.size());
    names.forEach(out::text);
    out.text(currency);
    out.bytes(amount.toByteArray());
    out.varint(lines.size());
    for (Line line : lines) {
      out.text(line.product);
      out.text(line.category);
      out.signed(line.quantity);
      out.bytes(line.revenue.toByteArray());
    }
    return out.toBytes();
  }

  /** Decodes facts. */
  public static PurchaseFacts of(byte[] bytes) {
    var in = new ByteReader(bytes);
    int version = in.varint();
    if (version != VERSION) {
      throw new IllegalStateException(
          "facts of a purchase of version " + version + "; this program reads version " + VERSION);
    }
    int kind = in.varint();
    var names = new ArrayList<String>();
    for (int left = in.varint(); left > 0; left--) {
      names.add(in.text());
    }
    String currency = in.text();
    var amount = new BigInteger(in.bytes());
    var lines = new ArrayList<Line>();
    for (int left = in.varint(); left > 0; left--) {
      lines.add(new Line(in.text(), in.text(), in.signed(), new BigInteger(in.bytes())));
    }
    return new PurchaseFacts(kind != PERSONS, kind == AGENTS, names, currency, amount, lines);
  }
}
