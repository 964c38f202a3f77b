package io.weir.stream.session.sums;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a session in order: the first product view, then the first add_to_cart that is not
 * before it, then the first checkout not before that, then the first purchase. Events of equal
 * times count as if they came in the order of the steps.
 *
 * <p>More events can only move a step to an earlier time. So a step's events after the one that
 * reached it are never needed, and the earlier ones are kept: a product view that comes late may
 * lie before them.
 */
public final class Funnel {
  /** A fold keeps so many times of a step: the earliest, and the last one. */
  static final int MOST = 512;

  private static final int STEPS = 4;

  private final List<NavigableSet<Long>> times = new ArrayList<>();

  public Funnel() {
    for (int step = 0; step < STEPS; step++) {
      times.add(new TreeSet<>());
    }
  }

  /** Adds an event; those that are no step change nothing. */
  public void add(int type, long time) {
    int step = step(type);
    if (step > 0) {
      times.get(step).add(time);
    } else if (step == 0) {
      addView(time);
    }
  }

  /** Keeps the first product view: no other one can reach the first step. */
  private void addView(long time) {
    NavigableSet<Long> views = times.getFirst();
    if (views.isEmpty() || time < views.first()) {
      views.clear();
      views.add(time);
    }
  }

  private static int step(int type) {
    if (type == TouchType.PRODUCT_VIEW.code()) {
      return 0;
    }
    if (type == TouchType.ADD_TO_CART.code()) {
      return 1;
    }
    if (type == TouchType.CHECKOUT.code()) {
      return 2;
    }
    return type == TouchType.PURCHASE.code() ? 3 : -1;
  }

  void addAll(Funnel others) {
    others.times.getFirst().forEach(this::addView);
    for (int step = 1; step < STEPS; step++) {
      times.get(step).addAll(others.times.get(step));
    }
  }

  /** Fills the columns. */
  public void fill(Session row) {
    List<Long> reached = reached();
    row.setFunnelStep(reached.size());
    row.setFunnelViewTime(at(reached, 0));
    row.setFunnelCartTime(at(reached, 1));
    row.setFunnelCheckoutTime(at(reached, 2));
    row.setFunnelPurchaseTime(at(reached, 3));
  }

  private static @Nullable Long at(List<Long> reached, int step) {
    return step < reached.size() ? reached.get(step) : null;
  }

  /** The times of the steps that were reached. */
  private List<Long> reached() {
    var reached = new ArrayList<Long>(STEPS);
    Long time = Long.MIN_VALUE;
    for (NavigableSet<Long> step : times) {
      time = step.ceiling(time);
      if (time == null) {
        break;
      }
      reached.add(time);
    }
    return reached;
  }

  void write(ByteWriter out) {
    prune();
    for (NavigableSet<Long> step : times) {
      out.varint(step.size());
      long previous = 0;
      for (long time : step) {
        out.signed(time - previous);
        previous = time;
      }
    }
  }

  private void prune() {
    List<Long> reached = reached();
    for (int step = 0; step < STEPS; step++) {
      NavigableSet<Long> kept = times.get(step);
      if (step < reached.size()) {
        kept.tailSet(reached.get(step), false).clear();
      }
      while (kept.size() > MOST) {
        kept.remove(kept.lower(kept.last()));
      }
    }
  }

  static Funnel read(ByteReader in) {
    var read = new Funnel();
    for (NavigableSet<Long> step : read.times) {
      long time = 0;
      for (int left = in.varint(); left > 0; left--) {
        time += in.signed();
        step.add(time);
      }
    }
    return read;
  }
}
