package io.weir.stream.session.touch;

import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.Renumbering;
import io.weir.stream.session.text.Texts;
import java.util.ArrayList;
import java.util.List;

/**
 * The goals that an event fulfils, and what it is worth. They are decided once, when the event
 * arrives: another file of goals does not change what a visitor has done.
 */
public final class Marks {
  public static final Marks NONE = new Marks(new int[0], 0, Texts.NONE);

  private static final int AMOUNT_BYTES = 8;
  private static final int REFERENCE_BYTES = 3;

  private final int[] goals;
  private final long amount;
  private final int currency;

  private Marks(int[] goals, long amount, int currency) {
    this.goals = goals;
    this.amount = amount;
    this.currency = currency;
  }

  /**
   * Makes the marks of an event.
   *
   * @param amount in ten-thousandths of the currency's unit; 0 for none
   * @param currency a number of {@code texts}
   */
  public static Marks of(List<String> goals, long amount, int currency, Texts texts) {
    if (goals.isEmpty()) {
      return NONE;
    }
    var numbers = new int[goals.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = texts.intern(goals.get(i));
    }
    return new Marks(numbers, amount, currency);
  }

  public boolean isEmpty() {
    return goals.length == 0;
  }

  public long amount() {
    return amount;
  }

  /** The currency; empty if the event names none. */
  public String currency(Texts texts) {
    String text = texts.text(currency);
    return text == null ? "" : text;
  }

  /** The names of the goals. */
  public List<String> goals(Texts texts) {
    var names = new ArrayList<String>(goals.length);
    for (int goal : goals) {
      String name = texts.text(goal);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  Marks renumbered(Renumbering numbers) {
    if (isEmpty()) {
      return NONE;
    }
    var renumbered = new int[goals.length];
    for (int i = 0; i < goals.length; i++) {
      renumbered[i] = numbers.text(goals[i]);
    }
    return new Marks(renumbered, amount, numbers.text(currency));
  }

  /** The approximate number of encoded bytes. */
  int bytes() {
    return isEmpty() ? 0 : AMOUNT_BYTES + REFERENCE_BYTES * (1 + goals.length);
  }

  void write(ByteWriter out) {
    out.signed(amount);
    out.reference(currency);
    out.varint(goals.length);
    for (int goal : goals) {
      out.reference(goal);
    }
  }

  static Marks read(ByteReader in) {
    long amount = in.signed();
    int currency = in.reference();
    var goals = new int[in.varint()];
    for (int i = 0; i < goals.length; i++) {
      goals[i] = in.reference();
    }
    return new Marks(goals, amount, currency);
  }
}
