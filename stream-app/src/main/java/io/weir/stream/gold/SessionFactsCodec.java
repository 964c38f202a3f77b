package io.weir.stream.gold;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Encodes {@link SessionFacts} as bytes and decodes them: a version first, then varints. */
public final class SessionFactsCodec {
  private static final int VERSION = 3;

  /** Facts without goals, which are read as well. */
  private static final int VERSION_WITHOUT_GOALS = 2;

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
    write(facts.sums(), out);
    write(facts.sums().revenue(), out);
    write(facts.sums().refunded(), out);
    out.varint(facts.ads().size());
    facts
        .ads()
        .forEach((ad, sums) -> {
          out.text(ad);
          write(sums, out);
        });
    write(facts.sums().goalValue(), out);
    out.varint(facts.goals().size());
    facts
        .goals()
        .forEach((goal, sums) -> {
          out.text(goal);
          write(sums, out);
          write(sums.goalValue(), out);
        });
    return out.toBytes();
  }

  private static void write(Map<String, BigInteger> amounts, ByteWriter out) {
    out.varint(amounts.size());
    amounts.forEach((currency, amount) -> {
      out.text(currency);
      out.bytes(amount.toByteArray());
    });
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
    if (version != VERSION && version != VERSION_WITHOUT_GOALS) {
      throw new IllegalStateException(
          "facts of a session of version "
              + version
              + "; this program reads versions "
              + VERSION_WITHOUT_GOALS
              + " and "
              + VERSION);
    }
    boolean isBot = in.varint() == 1;
    List<String> values = values(in);
    CellSums sums = sums(in);
    read(in, sums::addRevenue);
    read(in, sums::addRefunded);
    SortedMap<String, CellSums> ads = ads(in);
    if (version == VERSION_WITHOUT_GOALS) {
      return new SessionFacts(isBot, values, sums, ads, Collections.emptySortedMap());
    }
    read(in, sums::addGoalValue);
    return new SessionFacts(isBot, values, sums, ads, goals(in));
  }

  private static void read(ByteReader in, BiConsumer<String, BigInteger> amounts) {
    int currencies = in.varint();
    for (int i = 0; i < currencies; i++) {
      amounts.accept(in.text(), new BigInteger(in.bytes()));
    }
  }

  private static CellSums sums(ByteReader in) {
    var sums = new CellSums();
    int measures = in.varint();
    for (int i = 0; i < measures; i++) {
      sums.add(MEASURES[i], in.signed());
    }
    return sums;
  }

  private static SortedMap<String, CellSums> ads(ByteReader in) {
    int count = in.varint();
    var ads = new TreeMap<String, CellSums>();
    for (int i = 0; i < count; i++) {
      ads.put(in.text(), sums(in));
    }
    return ads;
  }

  private static SortedMap<String, CellSums> goals(ByteReader in) {
    int count = in.varint();
    var goals = new TreeMap<String, CellSums>();
    for (int i = 0; i < count; i++) {
      String goal = in.text();
      CellSums sums = sums(in);
      read(in, sums::addGoalValue);
      goals.put(goal, sums);
    }
    return goals;
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
