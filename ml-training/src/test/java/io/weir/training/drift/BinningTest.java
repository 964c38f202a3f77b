package io.weir.training.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinningTest {
  private static final float NAN = Float.NaN;

  @Test
  void number_isInTheClassOfTheLastEdgeItReaches() {
    var column = new Binning("events", List.of(2f, 10f), List.of());

    assertThat(column.labels()).containsExactly("< 2", "2 to 10", ">= 10", "(missing)");
    assertThat(classes(column, 1.9f, 2f, 9f, 10f, 1e30f, NAN)).containsExactly(0, 1, 1, 2, 2, 3);
  }

  @Test
  void labels_areShort() {
    var column = new Binning("score", List.of(0.005f, 0.1f, 13709.5f, 561914f), List.of());

    assertThat(column.labels())
        .startsWith("< 0.005", "0.005 to 0.1", "0.1 to 13710", "13710 to 561914", ">= 561914");
  }

  @Test
  void word_isItsCategory_anotherOne_orMissing() {
    var column = new Binning("device", List.of(), List.of("desktop", "mobile"));
    float[] before = {7, 1, 0};

    assertThat(column.labels()).containsExactly("desktop", "mobile", "(others)", "(missing)");
    assertThat(column.classOf(before, 1)).isZero();
    assertThat(column.classOf(new float[] {0, 1}, 0)).isEqualTo(1);
    assertThat(column.classOf(new float[] {0, 0}, 0)).isEqualTo(2);
    assertThat(column.classOf(new float[] {NAN, NAN}, 0)).isEqualTo(3);
  }

  @Test
  void edges_areDeciles_eachOnce() {
    var hundred = new float[100];
    for (int at = 0; at < hundred.length; at++) {
      hundred[at] = at;
    }

    assertThat(BinningLearning.edges(hundred))
        .containsExactly(10f, 20f, 30f, 40f, 50f, 60f, 70f, 80f, 90f);
    assertThat(BinningLearning.edges(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 9}))
        .containsExactly(4f);
    assertThat(BinningLearning.edges(new float[] {3, 3, 3})).isEmpty();
    assertThat(BinningLearning.edges(new float[] {-0.0f, 0.0f})).isEmpty();
    assertThat(BinningLearning.edges(new float[0])).isEmpty();
  }

  @Test
  void edgesThatDoNotAscend_areRefused() {
    assertThatThrownBy(() -> new Binning("x", List.of(2f, 2f), List.of()))
        .hasMessageContaining("x: the edges do not ascend");
    assertThatThrownBy(() -> new Binning("x", List.of(2f, NAN), List.of()))
        .hasMessageContaining("do not ascend");
  }

  private static int[] classes(Binning column, float... values) {
    var classes = new int[values.length];
    for (int at = 0; at < values.length; at++) {
      classes[at] = column.classOf(new float[] {values[at]}, 0);
    }
    return classes;
  }
}
