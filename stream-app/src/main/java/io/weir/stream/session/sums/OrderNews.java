package io.weir.stream.session.sums;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change that a purchase has made to the {@link Orders} of its visitor.
 *
 * @param purchase null if the event is no purchase of an order that is remembered: then it counts,
 *     whatever comes later
 * @param isRepeat whether another purchase of the order counts instead of it
 * @param repeats the purchases that counted until now, and count no more
 */
public record OrderNews(@Nullable Purchase purchase, boolean isRepeat, List<Purchase> repeats) {
  public static final OrderNews NONE = new OrderNews(null, false, List.of());

  /** A purchase of the visitor. */
  public record Purchase(long time, long idHash) {
    boolean isBefore(Purchase other) {
      return time < other.time || (time == other.time && idHash < other.idHash);
    }
  }
}
