package io.weir.training;

import java.util.List;
import java.util.Optional;

/**
 * The wish of the user: what to predict from which columns.
 *
 * @param group the column whose rows stay in one part
 * @param drop columns that the model must not see
 */
record TrainingTask(
    String name, String label, Optional<String> group, List<String> drop, long seed) {

  TrainingTask {
    drop = List.copyOf(drop);
  }
}
