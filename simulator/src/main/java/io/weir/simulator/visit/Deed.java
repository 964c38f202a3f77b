package io.weir.simulator.visit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of an event: all that a correct pipeline must find in it.
 *
 * @param named whether the event has the user id
 * @param page domain and path
 * @param referrerClass where the event came from
 * @param cents the value of the event; 0 for none
 * @param label the order of a purchase or a refund, the ad of an impression or a click, the term of
 *     a search; else empty
 * @param position the place of the ad; empty for none
 */
public record Deed(
    Person person,
    long time,
    long idHigh,
    long idLow,
    EventType type,
    boolean named,
    String page,
    String referrerClass,
    World.@Nullable Campaign campaign,
    String app,
    List<Line> lines,
    long cents,
    String label,
    String position) {

  /**
   * A product of an event.
   *
   * @param category empty for none
   * @param cents the price of a piece; below 0 for none
   */
  public record Line(String product, String category, int quantity, long cents) {}

  /** An event that lets sessions close and belongs to none. */
  public static Deed closing(int number, long time) {
    var machine = new World.Agent("", "", "", "");
    var person = new Person("weir-closing-" + number, null, false, machine, null, null, "");
    return new Deed(
        person,
        time,
        0,
        number,
        EventType.PAGE_PING,
        false,
        "",
        "",
        null,
        "weir-simulator",
        List.of(),
        0,
        "",
        "");
  }

  /** The same with a value. */
  Deed worth(long value) {
    return new Deed(
        person,
        time,
        idHigh,
        idLow,
        type,
        named,
        page,
        referrerClass,
        campaign,
        app,
        lines,
        value,
        label,
        position);
  }

  /** What the products cost together. */
  public long amount() {
    long sum = 0;
    for (Line line : lines) {
      sum += Math.max(0, line.cents) * line.quantity;
    }
    return sum;
  }
}
