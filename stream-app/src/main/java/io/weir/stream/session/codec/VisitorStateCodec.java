package io.weir.stream.session.codec;

import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.bytes.PartReader;
import io.weir.stream.session.bytes.PartStore;
import io.weir.stream.session.sums.Orders;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchRunCodec;
import io.weir.stream.session.visitor.Emission;
import io.weir.stream.session.visitor.Emissions;
import io.weir.stream.session.visitor.FrozenPast;
import io.weir.stream.session.visitor.VisitorContents;
import io.weir.stream.session.visitor.VisitorState;

/**
 * Encodes a {@link VisitorState} as bytes and decodes it: a version first, small numbers as
 * varints, the times of a list as deltas.
 */
public final class VisitorStateCodec {
  private static final int VERSION = 12;

  /**
   * States without goals (7), apps and carts (8), orders, places of ads and products of carts (9),
   * rows of robots, custom types and products of purchases (10), or prices of views (11) are read
   * as well: they, their events and folds only lack theirs.
   */
  private static final int OLDEST_VERSION = 7;

  private static final int RETRACTED = 1;
  private static final int ROBOT = 2;

  /** The usual number of bytes for everything that is not a touch. */
  private static final int HEADER = 512;

  private VisitorStateCodec() {}

  /** Encodes all of the state, the parts included. */
  public static byte[] encode(VisitorState state) {
    return encode(state.contents(), true, state.encodedSize());
  }

  /**
   * Writes the parts that the store does not have yet, then encodes the visitor's own record. Parts
   * that the record no longer refers to stay until {@link #deleteStale}.
   */
  public static byte[] encode(VisitorState state, PartStore parts) {
    int inside = state.writeParts(parts);
    return encode(state.contents(), false, state.encodedSize() - state.frozenBytes() + inside);
  }

  /** Whether a visitor's own record has parts beside it, or ever had some. */
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

  /** Deletes parts without a reference. To be called after the visitor's own record was written. */
  public static void deleteStale(VisitorState state, PartStore parts) {
    state.deleteStaleParts(parts);
  }

  /** Deletes all parts. To be called after the visitor's own record was deleted. */
  public static void deleteAll(VisitorState state, PartStore parts) {
    state.deleteParts(parts);
  }

  private static byte[] encode(VisitorContents contents, boolean isWhole, int size) {
    String user = contents.user();
    var out = new ByteWriter(HEADER + size);
    out.varint(VERSION);
    out.varint(contents.forgottenSessions());
    out.fixed(contents.forgottenEnd());
    out.fixed(contents.timer());
    out.text(user == null ? "" : user);
    out.fixed(contents.userTime());
    out.varint(contents.nextPart());
    write(contents.emissions(), out);
    new FrozenWriter(out, isWhole).write(contents.past());
    TouchRunCodec.write(contents.live(), out);
    contents.orders().write(out);
    return out.toBytes();
  }

  private static void write(Emissions emissions, ByteWriter out) {
    out.varint(emissions.items().size());
    long previous = 0;
    for (Emission emission : emissions.items()) {
      out.signed(emission.start() - previous);
      out.varint(emission.revision());
      out.fixed(emission.digest());
      boolean isRobots = emission.robotEnd() != Emission.NO_ROBOT;
      out.varint((emission.isRetracted() ? RETRACTED : 0) | (isRobots ? ROBOT : 0));
      if (isRobots) {
        out.varlong(emission.robotEnd() - emission.start());
      }
      previous = emission.start();
    }
  }

  /** Decodes a state that was encoded whole. */
  public static VisitorState decode(byte[] bytes) {
    return decode(bytes, PartReader.NONE);
  }

  public static VisitorState decode(byte[] bytes, PartReader parts) {
    var in = new ByteReader(bytes);
    checkVersion(in);
    int forgottenSessions = in.varint();
    long forgottenEnd = in.fixed();
    long timer = in.fixed();
    String user = in.text();
    long userTime = in.fixed();
    int nextPart = in.varint();
    Emissions emissions = readEmissions(in);
    FrozenPast past = new FrozenReader(in, parts).past();
    TouchRun live = TouchRunCodec.read(in);
    // A state of an earlier version ends here.
    Orders orders = in.isAtEnd() ? new Orders() : Orders.read(in);
    return new VisitorState(
        new VisitorContents(
            live,
            past,
            emissions,
            forgottenSessions,
            forgottenEnd,
            timer,
            user.isEmpty() ? null : user,
            userTime,
            nextPart,
            orders));
  }

  private static void checkVersion(ByteReader in) {
    int version = in.varint();
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new IllegalStateException(
          "visitor state of version "
              + version
              + "; this program reads versions "
              + OLDEST_VERSION
              + " to "
              + VERSION);
    }
  }

  private static Emissions readEmissions(ByteReader in) {
    var emissions = new Emissions();
    int count = in.varint();
    long previous = 0;
    for (int i = 0; i < count; i++) {
      previous += in.signed();
      int revision = in.varint();
      long digest = in.fixed();
      int flags = in.varint();
      boolean isRetracted = (flags & RETRACTED) != 0;
      long robotEnd = (flags & ROBOT) == 0 ? Emission.NO_ROBOT : previous + in.varlong();
      emissions.add(new Emission(previous, revision, digest, isRetracted, robotEnd));
    }
    return emissions;
  }
}
