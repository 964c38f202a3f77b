package io.weir.training.table;

import java.util.List;

/**
 * The columns that have other values when the model is served than in the training, with the values
 * that the rows of the training would have then.
 *
 * @param names of the columns
 * @param values one row for each row of the training, in the order of the names; NaN is missing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record ServedColumns(List<String> names, float[][] values) {
  /** All columns are served as they were in the training. */
  public static final ServedColumns NONE = new ServedColumns(List.of(), new float[0][]);

  public ServedColumns {
    names = List.copyOf(names);
  }
}
