package io.weir.stream.gold;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Encodes {@link SessionFacts} as bytes and decodes them: a version first, then varints. */
public final class SessionFactsCodec {
  private static final int VERSION = 4;

  /** Facts with no other parts than ads and goals, or than ads, which are read as well. */
  private static final int VERSION_WITH_GOALS = 3;

  private static final int VERSION_WITH_ADS = 2;

  private static final int USUAL_BYTES = 256;
  private static final Measure[] MEASURES = Measure.values();

  private SessionFactsCodec() {}

  /** Encodes facts. */
  public static byte[] encode(SessionFacts facts) {
    var out = new ByteWriter(USUAL_BYTES);
    out.varint(VERSION);
    out.varint(facts.isBot() ? 1 : 0);
    out.varint(facts.values().size());
    facts.values().forEach(out::text);
    writeAll(facts.sums(), out);
    out.varint(facts.parts().size());
    facts
        .parts()
        .forEach((breakdown, part) -> {
          out.text(breakdown.code());
          out.varint(part.size());
          part.forEach((value, sums) -> {
            out.text(value);
            writeAll(sums, out);
          });
        });
    return out.toBytes();
  }

  private static void writeAll(CellSums sums, ByteWriter out) {
    write(sums, out);
    AmountsCodec.write(sums.revenue(), out);
    AmountsCodec.write(sums.refunded(), out);
    AmountsCodec.write(sums.goalValue(), out);
  }

  private static void write(CellSums sums, ByteWriter out) {
    out.varint(MEASURES.length);
    for (Measure each : MEASURES) {
      out.signed(sums.get(each));
    }
  }

  /** Decodes facts. */
  public static SessionFacts decode(byte[] bytes) {
    var in = new ByteReader(bytes);
    int version = in.varint();
    if (version < VERSION_WITH_ADS || version > VERSION) {
      throw new IllegalStateException(
          "facts of a session of version "
              + version
              + "; this program reads versions "
              + VERSION_WITH_ADS
              + " to "
              + VERSION);
    }
    boolean isBot = in.varint() == 1;
    List<String> values = values(in);
    if (version < VERSION) {
      return earlier(in, version, isBot, values);
    }
    CellSums sums = allSums(in);
    var parts = new TreeMap<Breakdown, SortedMap<String, CellSums>>();
    for (int left = in.varint(); left > 0; left--) {
      parts.put(Breakdown.ofCode(in.text()), part(in, SessionFactsCodec::allSums));
    }
    return new SessionFacts(isBot, values, sums, parts);
  }

  private static SessionFacts earlier(
      ByteReader in, int version, boolean isBot, List<String> values) {
    CellSums sums = sums(in);
    AmountsCodec.read(in, sums::addRevenue);
    AmountsCodec.read(in, sums::addRefunded);
    var parts = new TreeMap<Breakdown, SortedMap<String, CellSums>>();
    parts.put(Breakdown.SESSIONS_BY_AD, part(in, SessionFactsCodec::sums));
    if (version == VERSION_WITH_GOALS) {
      AmountsCodec.read(in, sums::addGoalValue);
      parts.put(Breakdown.SESSIONS_BY_GOAL, part(in, SessionFactsCodec::sumsOfGoal));
    }
    parts.values().removeIf(Map::isEmpty);
    return new SessionFacts(isBot, values, sums, parts);
  }

  private static CellSums allSums(ByteReader in) {
    CellSums sums = sums(in);
    AmountsCodec.read(in, sums::addRevenue);
    AmountsCodec.read(in, sums::addRefunded);
    AmountsCodec.read(in, sums::addGoalValue);
    return sums;
  }

  private static CellSums sumsOfGoal(ByteReader in) {
    CellSums sums = sums(in);
    AmountsCodec.read(in, sums::addGoalValue);
    return sums;
  }

  private static CellSums sums(ByteReader in) {
    var sums = new CellSums();
    int measures = in.varint();
    for (int i = 0; i < measures; i++) {
      sums.add(MEASURES[i], in.signed());
    }
    return sums;
  }

  private static SortedMap<String, CellSums> part(
      ByteReader in, Function<ByteReader, CellSums> sums) {
    int count = in.varint();
    var part = new TreeMap<String, CellSums>();
    for (int i = 0; i < count; i++) {
      part.put(in.text(), sums.apply(in));
    }
    return part;
  }

  private static List<String> values(ByteReader in) {
    int count = in.varint();
    var values = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      values.add(in.text());
    }
    return values;
  }
}
