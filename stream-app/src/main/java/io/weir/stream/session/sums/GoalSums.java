package io.weir.stream.session.sums;

import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.Marks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The goals that a session has fulfilled.
 *
 * <p>The first goals, and for each the first currencies, in the order of their names are named. One
 * that is not among them never comes back, because more events only bring more names before it. So
 * the result is the same in any order.
 */
public final class GoalSums {
  /** More than a file has: a session may know those of a former file, too. */
  static final int MOST = 100;

  static final int MOST_CURRENCIES = 4;
  static final String OTHER = "(other)";

  private final NavigableMap<String, OfGoal> goals = new TreeMap<>();

  /** The goals that are not named. */
  private final OfGoal other = new OfGoal();

  /** The events that fulfil a goal, and their amounts by currency. */
  private static final class OfGoal {
    private final NavigableMap<String, Long> amounts = new TreeMap<>();
    private long otherAmount;
    private int events;

    private void add(String currency, long amount) {
      if (amount == 0) {
        return;
      }
      if (currency.equals(OTHER)) {
        otherAmount = PurchaseRevenue.plus(otherAmount, amount);
        return;
      }
      amounts.merge(currency, amount, PurchaseRevenue::plus);
      if (amounts.size() > MOST_CURRENCIES) {
        otherAmount = PurchaseRevenue.plus(otherAmount, amounts.pollLastEntry().getValue());
      }
    }

    private void addAll(OfGoal others) {
      events += others.events;
      others.amounts.forEach(this::add);
      add(OTHER, others.otherAmount);
    }

    private Map<String, Long> byCurrency() {
      var all = new HashMap<String, Long>(amounts);
      if (otherAmount != 0) {
        all.put(OTHER, otherAmount);
      }
      return all;
    }

    private void write(ByteWriter out) {
      out.varint(events);
      Map<String, Long> all = byCurrency();
      out.varint(all.size());
      all.forEach((currency, amount) -> {
        out.text(currency);
        out.signed(amount);
      });
    }

    private void read(ByteReader in) {
      events = in.varint();
      for (int left = in.varint(); left > 0; left--) {
        add(in.text(), in.signed());
      }
    }
  }

  /** Adds an event that fulfils goals. */
  public void add(Marks marks, Texts texts) {
    add(marks.goals(texts), marks.currency(texts), marks.amount());
  }

  void add(List<String> fulfilled, String currency, long amount) {
    for (String goal : fulfilled) {
      OfGoal sums = goals.computeIfAbsent(goal, _ -> new OfGoal());
      sums.events++;
      sums.add(currency, amount);
      removeBeyondMost();
    }
  }

  private void removeBeyondMost() {
    while (goals.size() > MOST) {
      other.addAll(goals.pollLastEntry().getValue());
    }
  }

  void addAll(GoalSums others) {
    others.goals.forEach(
        (goal, sums) -> goals.computeIfAbsent(goal, _ -> new OfGoal()).addAll(sums));
    removeBeyondMost();
    other.addAll(others.other);
  }

  /** Fills the column. */
  public void fill(Session row) {
    var counts = new ArrayList<GoalCounts>(goals.size());
    goals.forEach((goal, sums) -> counts.add(new GoalCounts(goal, sums.events, sums.byCurrency())));
    if (other.events > 0) {
      counts.add(new GoalCounts(OTHER, other.events, other.byCurrency()));
    }
    row.setGoals(counts);
  }

  void write(ByteWriter out) {
    out.varint(goals.size());
    goals.forEach((goal, sums) -> {
      out.text(goal);
      sums.write(out);
    });
    other.write(out);
  }

  static GoalSums read(ByteReader in) {
    var read = new GoalSums();
    for (int left = in.varint(); left > 0; left--) {
      read.goals.computeIfAbsent(in.text(), _ -> new OfGoal()).read(in);
    }
    read.other.read(in);
    return read;
  }
}
