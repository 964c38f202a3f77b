package io.weir.training.table;

import java.util.List;

/**
 * A column that the model uses.
 *
 * @param categories the values that have a feature of their own; empty unless the kind is category
 */
public record LearntColumn(String name, ColumnKind kind, List<String> categories) {

  public LearntColumn {
    categories = List.copyOf(categories);
  }

  /** The names of the features of this column, in the order of the vector. */
  public List<String> features() {
    return kind == ColumnKind.CATEGORY
        ? categories.stream().map(category -> name + "=" + category).toList()
        : List.of(name);
  }

  int width() {
    return kind == ColumnKind.CATEGORY ? categories.size() : 1;
  }

  /** Writes the features of one value; a missing value is NaN, a rare category is all zeros. */
  void encode(String text, float[] into, int at) {
    switch (kind) {
      case NUMBER -> into[at] = CellText.number(text);
      case BOOLEAN ->
          into[at] = CellText.yesOrNo(text).map(isYes -> isYes ? 1f : 0f).orElse(Float.NaN);
      case CATEGORY -> {
        boolean isMissing = CellText.isMissing(text);
        for (int index = 0; index < categories.size(); index++) {
          float value = text.equals(categories.get(index)) ? 1 : 0;
          into[at + index] = isMissing ? Float.NaN : value;
        }
      }
    }
  }
}
