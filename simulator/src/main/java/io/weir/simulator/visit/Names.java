package io.weir.simulator.visit;

import io.weir.simulator.json.JsonBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The ids of all visitors: each visitor number stands for one visitor, and its ids follow from the
 * seed.
 */
public final class Names {
  /** The number of bits of a visitor number. */
  public static final int BITS = 27;

  private static final int FIRST_BOT = 1 << (BITS - 1);
  private static final int WITH_USER = 0;
  private static final int ONLY_USER = 1;
  private static final int SHARED_USER = 2;
  private static final int INTERNAL = 3;

  /** The trait of robots only, who have none of the others. */
  private static final int DISGUISED = 0;

  private final long anonymousSeed;
  private final long userSeed;
  private final long traitSeed;
  private final Habits habits;

  public Names(long seed) {
    this(seed, Habits.USUAL);
  }

  Names(long seed, Habits habits) {
    this.habits = habits;
    anonymousSeed = Chance.seed(seed, 101);
    userSeed = Chance.seed(seed, 102);
    traitSeed = Chance.seed(seed, 103);
  }

  static int bot(int count) {
    return FIRST_BOT + count;
  }

  static int mostHumans() {
    return FIRST_BOT;
  }

  public boolean isBot(int visitor) {
    return visitor >= FIRST_BOT;
  }

  /** Whether the visitor is one of the shop's own people. */
  public boolean isInternal(int visitor) {
    return !isBot(visitor) && trait(visitor, INTERNAL) < habits.internal();
  }

  /** Whether the visitor is a robot whose agent is a person's. */
  public boolean isDisguised(int visitor) {
    return isBot(visitor) && trait(visitor, DISGUISED) < habits.disguised();
  }

  /**
   * Whether the visitor has a user id, from the first visit's identify event on; a quarter of them
   * do.
   */
  boolean hasUser(int visitor) {
    return !isBot(visitor) && (trait(visitor, WITH_USER) < 0.25 || hasOnlyUser(visitor));
  }

  /** Whether the visitor's tracker sends no anonymous id; a few do not. */
  boolean hasOnlyUser(int visitor) {
    return !isBot(visitor) && trait(visitor, ONLY_USER) < 0.03;
  }

  /** The visitor id in a correct pipeline: the anonymous id, else the user id. */
  public String visitor(int visitor) {
    return hasOnlyUser(visitor) ? user(visitor) : anonymous(visitor);
  }

  public String anonymous(int visitor) {
    return text('a', Chance.mix(anonymousSeed ^ Chance.mix(visitor)));
  }

  /** The user id; two visitors may be one user with two devices. */
  public String user(int visitor) {
    boolean shared = !hasOnlyUser(visitor) && trait(visitor, SHARED_USER) < 0.2;
    return text('u', Chance.mix(userSeed ^ Chance.mix(shared ? visitor & ~1 : visitor)));
  }

  private double trait(int visitor, int which) {
    return (Chance.mix(traitSeed + 4L * visitor + which) >>> 11) * 0x1.0p-53;
  }

  private static String text(char kind, long bits) {
    JsonBuffer buffer = new JsonBuffer(17).put(kind).hex(bits, 16);
    return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.US_ASCII);
  }
}
