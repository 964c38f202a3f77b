package io.weir.simulator.visit;

import io.weir.simulator.json.JsonBuffer;

/**
 * The constant traits of a visitor: ids, machine, home, habits. They follow from seed and number.
 */
public final class Visitor {
  /** The times, beside the event's own, that the visitor's tracker sends. */
  enum Times {
    NONE,
    SENT,
    SENT_AND_RECEIVED
  }

  private static final long MINUTE = 60_000;

  private final int number;
  private final byte[] key;
  private final byte[] anonymousJson;
  private final byte[] userJson;
  private final byte[] tailJson;
  private final Person person;
  private final byte[] currencyJson;
  private final Times times;
  private final long clockOffset;
  private final double expectedPropensity;
  private final double propensity;

  Visitor(int number, Names names, World world, long seed) {
    var chance = new Chance(Chance.seed(seed, number));
    boolean bot = names.isBot(number);
    boolean says = bot && !names.isDisguised(number);
    var agent = (says ? world.bots() : world.agents()).draw(chance);
    World.Country country = world.countries().draw(chance);
    this.number = number;
    this.key = JsonBuffer.ascii(names.visitor(number));
    this.anonymousJson =
        names.hasOnlyUser(number) ? new byte[0] : id("anonymous_id", names.anonymous(number));
    this.userJson = names.hasUser(number) ? id("user_id", names.user(number)) : new byte[0];
    var tail = new Tail(agent, country, chance, names.isInternal(number));
    this.tailJson = tail.json();
    this.person =
        new Person(
            names.visitor(number),
            names.hasUser(number) ? names.user(number) : null,
            says,
            agent,
            tail.place(),
            tail.city(),
            country.currency());
    this.currencyJson = JsonBuffer.ascii(",\"currency\":\"" + country.currency() + "\"");
    this.times = bot ? Times.NONE : drawTimes(chance);
    this.clockOffset = times == Times.SENT_AND_RECEIVED ? drawOffset(chance) : 0;
    this.expectedPropensity = agent.device().equals("desktop") ? 0.3 : -0.15;
    this.propensity = 0.9 * chance.bell() + expectedPropensity;
  }

  private static byte[] id(String field, String value) {
    return JsonBuffer.ascii(",\"" + field + "\":\"" + value + "\"");
  }

  private static Times drawTimes(Chance chance) {
    double u = chance.unit();
    return u < 0.5 ? Times.SENT_AND_RECEIVED : u < 0.7 ? Times.SENT : Times.NONE;
  }

  /**
   * Draws the error of a clock: most are right to the second, a few are minutes off, one in a
   * hundred an hour or two.
   */
  private static long drawOffset(Chance chance) {
    double u = chance.unit();
    long most = u < 0.01 ? 120 * MINUTE : u < 0.1 ? 3 * MINUTE : 2_000;
    return chance.between(-most, most);
  }

  public int number() {
    return number;
  }

  /** The record key. */
  public byte[] key() {
    return key;
  }

  public Person person() {
    return person;
  }

  byte[] anonymousJson() {
    return anonymousJson;
  }

  /** The user id as JSON; empty if the visitor has none. */
  byte[] userJson() {
    return userJson;
  }

  byte[] tailJson() {
    return tailJson;
  }

  byte[] currencyJson() {
    return currencyJson;
  }

  Times times() {
    return times;
  }

  /** How far the visitor's clock is ahead; 0 unless the tracker lets the pipeline correct it. */
  long clockOffset() {
    return clockOffset;
  }

  /** The mean inclination of visitors with such a machine. */
  double expectedPropensity() {
    return expectedPropensity;
  }

  /** The visitor's lasting inclination to buy. */
  double propensity() {
    return propensity;
  }
}
