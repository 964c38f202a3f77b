package io.weir.stream.session.visitor;

import io.weir.stream.session.sums.Fold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a visitor's sessions that are a robot's, at one moment. Their sessions do not
 * overlap.
 */
public record RobotRows(List<Emission> rows) {
  public boolean isAt(long time) {
    for (Emission row : rows) {
      if (row.isRobotAt(time)) {
        return true;
      }
    }
    return false;
  }

  /** The row of the session that has a fold, or of its earlier part; null if it is no robot's. */
  public @Nullable Emission rowOf(Fold fold) {
    for (Emission row : rows) {
      if (row.isRobotWithin(fold.first(), fold.last())) {
        return row;
      }
    }
    return null;
  }
}
