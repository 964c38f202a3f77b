package io.weir.training.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out a column's kind from the values of the training part. */
final class ColumnLearning {
  /** A column of more texts than this is no category. */
  private static final int MOST_TEXTS = 1_000;

  /** At most this many values of a category get a feature of their own. */
  private static final int MOST_CATEGORIES = 50;

  /** A value in fewer rows than this gets no feature of its own. */
  private static final int FEWEST_ROWS = 10;

  private final String name;
  private final Map<String, Integer> counts = new HashMap<>();
  private int present;
  private boolean isNumeric = true;
  private boolean isYesOrNo = true;

  ColumnLearning(String name, String[] values, int[] rows) {
    this.name = name;
    for (int row : rows) {
      look(values[row]);
    }
  }

  private void look(String text) {
    if (CellText.isMissing(text)) {
      return;
    }
    present++;
    isNumeric = isNumeric && CellText.isNumber(text);
    isYesOrNo = isYesOrNo && CellText.yesOrNo(text).isPresent();
    if (counts.size() <= MOST_TEXTS || counts.containsKey(text)) {
      counts.merge(text, 1, Integer::sum);
    }
  }

  /** The reason not to use the column, if there is one. */
  Optional<String> refusal() {
    if (present == 0) {
      return Optional.of("no value in the training part");
    }
    if (counts.size() == 1) {
      return Optional.of("no two different values");
    }
    if (isNumeric || isYesOrNo) {
      return Optional.empty();
    }
    if (counts.size() > MOST_TEXTS || categories().isEmpty()) {
      return Optional.of("free text: too many different values");
    }
    return Optional.empty();
  }

  LearntColumn learnt() {
    if (isYesOrNo) {
      return new LearntColumn(name, ColumnKind.BOOLEAN, List.of());
    }
    return isNumeric
        ? new LearntColumn(name, ColumnKind.NUMBER, List.of())
        : new LearntColumn(name, ColumnKind.CATEGORY, categories());
  }

  /** The most frequent values, most frequent first; equally frequent ones by name. */
  private List<String> categories() {
    var frequent = new ArrayList<Map.Entry<String, Integer>>();
    for (var entry : counts.entrySet()) {
      if (entry.getValue() >= FEWEST_ROWS) {
        frequent.add(entry);
      }
    }
    Comparator<Map.Entry<String, Integer>> byCount = Map.Entry.comparingByValue();
    frequent.sort(byCount.reversed().thenComparing(Map.Entry.comparingByKey()));
    return frequent.stream().limit(MOST_CATEGORIES).map(Map.Entry::getKey).toList();
  }
}
