package io.weir.tools.reconcile;

import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import java.util.Comparator;

/** The cells of a subject and a grain, which are read together. */
record CellGroup(Subject subject, Grain grain) implements Comparable<CellGroup> {
  private static final Comparator<CellGroup> ORDER =
      Comparator.comparing(CellGroup::subject).thenComparing(CellGroup::grain);

  @Override
  public int compareTo(CellGroup other) {
    return ORDER.compare(this, other);
  }
}
