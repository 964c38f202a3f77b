package io.weir.stream.session.touch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter that rules out most event ids that a visitor does not have. It is built on first use.
 */
public final class KnownIds {
  /** All ids, and perhaps some that are forgotten. */
  private @Nullable IdFilter filter;

  public boolean isBuilt() {
    return filter != null;
  }

  public void build(TouchRun run, List<FrozenList<?>> frozen) {
    var all = new IdFilter();
    for (Touch touch : run.touches()) {
      all.add(touch.idHash);
    }
    for (FrozenList<?> list : frozen) {
      IdRow.addAll(list, all);
    }
    filter = all;
  }

  /** Returns false only for an id that the visitor does not have. */
  public boolean mayHave(long idHash) {
    return filter == null || filter.mayHave(idHash);
  }

  /** Searches the touches and bytes themselves, which is slower but exact. */
  public static boolean isAmong(TouchRun run, List<FrozenList<?>> frozen, long idHash) {
    for (Touch touch : run.touches()) {
      if (touch.idHash == idHash) {
        return true;
      }
    }
    for (FrozenList<?> list : frozen) {
      if (IdRow.isKnown(list, idHash)) {
        return true;
      }
    }
    return false;
  }

  public void add(long idHash) {
    if (filter != null) {
      filter.add(idHash);
    }
  }

  /** Drops the filter because some ids are gone; the next use builds it anew. */
  public void forget() {
    filter = null;
  }

  /** The approximate number of bytes on the heap. */
  public int bytes() {
    return filter == null ? 0 : filter.bytes();
  }
}
