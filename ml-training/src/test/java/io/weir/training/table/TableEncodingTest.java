package io.weir.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableEncodingTest {
  private static final int ROWS = 40;

  @Test
  void kinds_areFoundOut() {
    TextColumns table =
        table(
            column("price", row -> row % 7 == 0 ? "n/a" : "" + row / 2.0),
            column("member", row -> row % 2 == 0 ? "Yes" : "no"),
            column("colour", row -> List.of("red", "blue", "green").get(row % 3)),
            column("note", row -> "text number " + row),
            column("shop", _ -> "main"),
            column("gone", _ -> ""));

    TableEncoding encoding = TableEncoding.learn(table, Map.of(), all());

    assertThat(encoding.features())
        .containsExactly("price", "member", "colour=red", "colour=blue", "colour=green");
    assertThat(encoding.leftOut()).containsOnlyKeys("note", "shop", "gone");
  }

  @Test
  void vector_hasNumbersAndNaNForWhatIsMissing() {
    TextColumns table =
        table(
            column("price", row -> row == 1 ? "?" : "" + row),
            column("member", row -> row == 1 ? "" : row % 2 == 0 ? "true" : "false"),
            column("colour", row -> row == 1 ? "null" : row < 20 ? "red" : "blue"));
    TableEncoding encoding = TableEncoding.learn(table, Map.of(), all());

    FeatureRows rows = encoding.encode(table, new boolean[ROWS], new int[] {0, 1, 25});

    assertThat(rows.vectors()[0]).containsExactly(0, 1, 0, 1);
    assertThat(rows.vectors()[1]).containsOnly(Float.NaN);
    assertThat(rows.vectors()[2]).containsExactly(25, 0, 1, 0);
  }

  @Test
  void valuesOutsideTheTrainingPart_teachNothing() {
    TextColumns table =
        table(column("colour", row -> row < 30 ? List.of("red", "blue").get(row % 2) : "x"));

    TableEncoding encoding = TableEncoding.learn(table, Map.of(), IntStream.range(0, 30).toArray());

    assertThat(encoding.features()).containsExactly("colour=blue", "colour=red");
    assertThat(encoding.encode(table, new boolean[ROWS], new int[] {35}).vectors()[0])
        .containsExactly(0, 0);
  }

  @Test
  void numbersTooLargeForAFloat_areMissing() {
    TextColumns table = table(column("n", row -> row == 3 ? "1e300" : "" + row));
    TableEncoding encoding = TableEncoding.learn(table, Map.of(), all());

    assertThat(encoding.encode(table, new boolean[ROWS], new int[] {3}).vectors()[0])
        .containsExactly(Float.NaN);
  }

  @Test
  void codesLikeNumbers_areText() {
    assertThat(CellText.isNumber("1f")).isFalse();
    assertThat(CellText.isNumber("0x1p3")).isFalse();
    assertThat(CellText.isNumber("Infinity")).isFalse();
    assertThat(CellText.isNumber("e")).isFalse();
    assertThat(CellText.isNumber("-1.5e-3")).isTrue();
  }

  @Test
  void tableWithoutAUsableColumn_isRefused() {
    TextColumns table = table(column("shop", _ -> "main"));

    assertThatThrownBy(() -> TableEncoding.learn(table, Map.of(), all()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("shop");
  }

  private record Column(String name, List<String> values) {}

  private static Column column(String name, IntFunction<String> value) {
    return new Column(name, IntStream.range(0, ROWS).mapToObj(value).toList());
  }

  private static TextColumns table(Column... columns) {
    return new TextColumns(
        List.of(columns).stream().map(Column::name).toList(),
        List.of(columns).stream().map(column -> column.values().toArray(String[]::new)).toList());
  }

  private static int[] all() {
    return IntStream.range(0, ROWS).toArray();
  }
}
