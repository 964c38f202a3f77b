package io.weir.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.process.StartupException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowPartsTest {
  private static final int ROWS = 20_000;

  @Test
  void rowsOfAGroup_areInOnePart() {
    String[] groups = texts(row -> "visitor-" + row % 3_000);

    RowParts parts = RowParts.split(groups, labels(), 1);

    Set<String> train = groupsOf(parts.train(), groups);
    Set<String> validation = groupsOf(parts.validation(), groups);
    Set<String> test = groupsOf(parts.test(), groups);
    assertThat(train).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
    assertThat(validation).doesNotContainAnyElementsOf(test);
    assertThat(train.size() + validation.size() + test.size()).isEqualTo(3_000);
  }

  @Test
  void rowsWithoutAGroup_areIndependent() {
    var table =
        new TextColumns(
            List.of("visitor"), List.<String[]>of(texts(row -> row % 2 == 0 ? "" : "NA")));

    RowParts parts = RowParts.split(table.identities("visitor"), labels(), 1);

    assertThat(parts.train()).hasSizeBetween(ROWS * 65 / 100, ROWS * 75 / 100);
  }

  @Test
  void independentRows_areSplitBySize() {
    RowParts parts = RowParts.split(texts(row -> "" + row), labels(), 1);

    assertThat(parts.train().length / (double) ROWS).isCloseTo(0.70, within(0.015));
    assertThat(parts.validation().length / (double) ROWS).isCloseTo(0.15, within(0.015));
    assertThat(parts.train().length + parts.validation().length + parts.test().length)
        .isEqualTo(ROWS);
  }

  @Test
  void anotherSeed_givesOtherParts() {
    String[] groups = texts(row -> "" + row);

    assertThat(RowParts.split(groups, labels(), 1).test())
        .isNotEqualTo(RowParts.split(groups, labels(), 2).test())
        .isEqualTo(RowParts.split(groups, labels(), 1).test());
  }

  @Test
  void rowsWithoutALabel_areInNoPart() {
    String[] values = texts(row -> row % 5 == 0 ? "" : "" + row % 2);
    LabelColumn labels = LabelColumn.of("y", values);

    RowParts parts = RowParts.split(texts(row -> "" + row), labels, 1);

    assertThat(labels.unknown()).isEqualTo(ROWS / 5);
    assertThat(IntStream.of(parts.train())).allMatch(row -> row % 5 != 0);
    assertThat(parts.train().length + parts.validation().length + parts.test().length)
        .isEqualTo(ROWS * 4 / 5);
  }

  @Test
  void oneGroup_isTooFew() {
    assertThatThrownBy(() -> RowParts.split(texts(_ -> "one"), labels(), 1))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("more groups");
  }

  @Test
  void labelWithOtherValues_isRefused() {
    assertThatThrownBy(() -> LabelColumn.of("y", new String[] {"0", "1", "2", "maybe"}))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("2, maybe");
  }

  private static LabelColumn labels() {
    return LabelColumn.of("y", texts(row -> row % 7 == 0 ? "TRUE" : "FALSE"));
  }

  private static Set<String> groupsOf(int[] rows, String[] groups) {
    var found = new HashSet<String>();
    for (int row : rows) {
      found.add(groups[row]);
    }
    return found;
  }

  private static String[] texts(IntFunction<String> value) {
    return IntStream.range(0, ROWS).mapToObj(value).toArray(String[]::new);
  }
}
