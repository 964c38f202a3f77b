package io.weir.training.table;

import io.weir.process.StartupException;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The outcomes of a table.
 *
 * @param isKnown false for rows without an outcome, which are left out
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; lists would box
public record LabelColumn(boolean[] isPositive, boolean[] isKnown) {

  /** Reads a column of 0 and 1, true and false, or yes and no. */
  public static LabelColumn of(String name, String[] values) {
    var isPositive = new boolean[values.length];
    var isKnown = new boolean[values.length];
    var wrong = new TreeSet<String>();
    for (int row = 0; row < values.length; row++) {
      if (CellText.isMissing(values[row])) {
        continue;
      }
      Optional<Boolean> outcome = outcome(values[row]);
      isKnown[row] = outcome.isPresent();
      isPositive[row] = outcome.orElse(false);
      if (outcome.isEmpty() && wrong.size() < 5) {
        wrong.add(values[row]);
      }
    }
    if (!wrong.isEmpty()) {
      throw new StartupException(
          "the label \""
              + name
              + "\" must be 0 and 1, true and false or yes and no, but has "
              + String.join(", ", wrong));
    }
    return new LabelColumn(isPositive, isKnown);
  }

  private static Optional<Boolean> outcome(String text) {
    if (CellText.isNumber(text)) {
      float number = CellText.number(text);
      return number == 0 || number == 1 ? Optional.of(number == 1) : Optional.empty();
    }
    return CellText.yesOrNo(text);
  }

  public int unknown() {
    int unknown = 0;
    for (boolean known : isKnown) {
      unknown += known ? 0 : 1;
    }
    return unknown;
  }
}
