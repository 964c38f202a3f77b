package io.weir.stream.gold;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.bytes.Utf8;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums that the folded events of one session have added to the cells of events and products, so
 * that they can be moved to the other side. Values and currencies beyond two limits are left out:
 * they stay where they are.
 */
public final class FoldedFacts {
  /** The cells of a breakdown: its values in all buckets and on both sides. */
  static final int MOST_VALUES = 2_000;

  static final int MOST_BYTES = 512 << 10;

  private static final int VERSION = 1;
  private static final int ROBOTS = 1;

  /** The bytes of an entry beside its value, about. */
  private static final int OWN_BYTES = 24;

  /** The bytes of an amount with its currency, about. */
  private static final int CURRENCY_BYTES = 16;

  /** The order is stored. */
  private static final List<Breakdown> BREAKDOWNS =
      List.of(
          Breakdown.EVENTS,
          Breakdown.EVENTS_BY_TYPE,
          Breakdown.EVENTS_BY_PAGE,
          Breakdown.EVENTS_BY_DEVICE,
          Breakdown.EVENTS_BY_COUNTRY,
          Breakdown.EVENTS_BY_CAMPAIGN,
          Breakdown.EVENTS_BY_SOURCE,
          Breakdown.EVENTS_BY_APP,
          Breakdown.PRODUCTS_BY_PRODUCT,
          Breakdown.PRODUCTS_BY_CATEGORY,
          Breakdown.EVENTS_BY_SEARCH_TERM);

  private static final List<Measure> MEASURES = Measure.ALL;

  private final Map<Cell, CellSums> cells = new LinkedHashMap<>();
  private final Map<Breakdown, Integer> values = new HashMap<>();
  private int bytes;

  /** A place to count. The bucket is that of a breakdown's shortest grain. */
  record Cell(boolean isBot, Breakdown breakdown, long bucket, String value) {
    private Cell onSide(boolean isRobots) {
      return new Cell(isRobots, breakdown, bucket, value);
    }
  }

  Map<Cell, CellSums> cells() {
    return cells;
  }

  void add(Cell cell, CellSums more) {
    CellSums sums = cells.get(cell);
    if (sums == null) {
      addCell(cell, more);
    } else if (bytes + missing(sums, more) * CURRENCY_BYTES <= MOST_BYTES) {
      bytes -= currencies(sums) * CURRENCY_BYTES;
      sums.add(more);
      bytes += currencies(sums) * CURRENCY_BYTES;
    }
  }

  private void addCell(Cell cell, CellSums more) {
    int size = OWN_BYTES + Utf8.length(cell.value) + currencies(more) * CURRENCY_BYTES;
    int known = values.getOrDefault(cell.breakdown, 0);
    if (known < MOST_VALUES && bytes + size <= MOST_BYTES) {
      values.put(cell.breakdown, known + 1);
      bytes += size;
      cells.put(cell, more.plus(new CellSums()));
    }
  }

  private static int currencies(CellSums sums) {
    return sums.revenue().size() + sums.refunded().size();
  }

  /** The number of currencies that sums do not have yet. */
  private static int missing(CellSums sums, CellSums more) {
    return missing(sums.revenue(), more.revenue()) + missing(sums.refunded(), more.refunded());
  }

  private static int missing(Map<String, BigInteger> sums, Map<String, BigInteger> more) {
    return (int) more.keySet().stream().filter(each -> !sums.containsKey(each)).count();
  }

  /** Adds what other folded events of the session have added. */
  public void addAll(FoldedFacts others) {
    others.cells.forEach(this::add);
  }

  /** The same with everything on one side. */
  FoldedFacts onSide(boolean isRobots) {
    var moved = new FoldedFacts();
    cells.forEach((cell, sums) -> moved.add(cell.onSide(isRobots), sums));
    return moved;
  }

  /** Encodes the facts: a version first, then varints and texts. */
  public byte[] bytes() {
    var out = new ByteWriter(OWN_BYTES + bytes);
    out.varint(VERSION);
    out.varint(cells.size());
    long previous = 0;
    for (Map.Entry<Cell, CellSums> each : cells.entrySet()) {
      Cell cell = each.getKey();
      out.varint(BREAKDOWNS.indexOf(cell.breakdown) << 1 | (cell.isBot ? ROBOTS : 0));
      out.signed(cell.bucket - previous);
      out.text(cell.value);
      write(each.getValue(), out);
      previous = cell.bucket;
    }
    return out.toBytes();
  }

  private static void write(CellSums sums, ByteWriter out) {
    List<Measure> counted = MEASURES.stream().filter(each -> sums.get(each) != 0).toList();
    out.varint(counted.size());
    for (Measure each : counted) {
      out.varint(MEASURES.indexOf(each));
      out.signed(sums.get(each));
    }
    AmountsCodec.write(sums.revenue(), out);
    AmountsCodec.write(sums.refunded(), out);
  }

  /** Decodes facts. */
  public static FoldedFacts of(byte[] bytes) {
    var in = new ByteReader(bytes);
    int version = in.varint();
    if (version != VERSION) {
      throw new IllegalStateException(
          "facts of folded events of version "
              + version
              + "; this program reads version "
              + VERSION);
    }
    var read = new FoldedFacts();
    long bucket = 0;
    for (int left = in.varint(); left > 0; left--) {
      int kind = in.varint();
      bucket += in.signed();
      var cell = new Cell((kind & ROBOTS) != 0, BREAKDOWNS.get(kind >>> 1), bucket, in.text());
      read.add(cell, sums(in));
    }
    return read;
  }

  private static CellSums sums(ByteReader in) {
    var sums = new CellSums();
    for (int left = in.varint(); left > 0; left--) {
      sums.add(MEASURES.get(in.varint()), in.signed());
    }
    AmountsCodec.read(in, sums::addRevenue);
    AmountsCodec.read(in, sums::addRefunded);
    return sums;
  }
}
