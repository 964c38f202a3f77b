package io.weir.scoring.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinsTest {
  @Test
  void fewValues_haveACutBetweenAllNeighbours() {
    Bins bins = Bins.of(new float[][] {{1}, {3}, {3}, {9}, {Float.NaN}}, 16);

    assertThat(bins.slots()).isEqualTo(4);
    assertThat(bins.thresholdAfter(0, bins.slotOf(0, 1))).isEqualTo(2);
    assertThat(bins.thresholdAfter(0, bins.slotOf(0, 3))).isEqualTo(6);
  }

  @Test
  void valueOnACut_belongsToTheRightOfIt() {
    Bins bins = Bins.of(new float[][] {{1}, {3}}, 16);

    assertThat(bins.slotOf(0, 2)).isEqualTo(bins.slotOf(0, 3));
  }

  @Test
  void missing_hasItsOwnSlot() {
    Bins bins = Bins.of(new float[][] {{1}, {3}}, 16);

    assertThat(bins.slotOf(0, Float.NaN)).isEqualTo(bins.missingSlot(0));
    assertThat(bins.slotOf(0, 1e30f)).isLessThan(bins.missingSlot(0));
  }

  @Test
  void neighbouringFloats_areStillApart() {
    float upper = Math.nextUp(1f);
    Bins bins = Bins.of(new float[][] {{1}, {upper}}, 16);

    assertThat(bins.slotOf(0, 1)).isLessThan(bins.slotOf(0, upper));
  }

  @Test
  void manyValues_areCutAtEvenQuantiles() {
    var vectors = new float[1_000][1];
    for (int row = 0; row < 1_000; row++) {
      vectors[row][0] = row;
    }
    Bins bins = Bins.of(vectors, 10);

    assertThat(bins.slots()).isEqualTo(11);
    assertThat(bins.slotOf(0, 95)).isEqualTo(0);
    assertThat(bins.slotOf(0, 505)).isEqualTo(5);
    assertThat(bins.slotOf(0, 995)).isEqualTo(9);
  }

  @Test
  void columnWithoutValues_hasNoCut() {
    Bins bins = Bins.of(new float[][] {{Float.NaN}, {Float.NaN}}, 10);

    assertThat(bins.slots()).isEqualTo(2);
  }
}
