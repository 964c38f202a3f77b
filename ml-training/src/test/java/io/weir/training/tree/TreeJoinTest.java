package io.weir.training.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.scoring.model.MarginParts;
import io.weir.scoring.model.ModelFile;
import io.weir.scoring.model.ModelFormatException;
import io.weir.scoring.model.TreeEnsemble;
import io.weir.scoring.model.Trees;
import io.weir.training.table.FeatureRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class TreeJoinTest {
  private static final List<String> PLAIN_NAMES =
      IntStream.range(0, RandomRows.WIDTH).mapToObj(index -> "x" + index).toList();

  /** The feature that tells the rows apart. */
  private static final int PLACE = 5;

  private static final List<String> NAMES =
      PLAIN_NAMES.stream().map(name -> name.equals("x" + PLACE) ? "is_over" : name).toList();

  private static final float[][] ROWS = RandomRows.of(3, 2_000).vectors();
  private static final BoostedTrees ZEROS = trained(0, 3, 25);
  private static final BoostedTrees ONES = trained(1, 4, 40);
  private static final BoostedTrees JOINED = BoostedTrees.joined(ZEROS, ONES, PLACE);

  private static BoostedTrees trained(float value, int depth, int rounds) {
    FeatureRows train = with(value, RandomRows.of(10 + (long) value, 4_000));
    FeatureRows validation = with(value, RandomRows.of(20 + (long) value, 1_000));
    var settings =
        new TreeSettings(new TreeShape(depth, 0.3, 1, 1, 1, 1), rounds, rounds, 1, 1, Set.of());
    return new TreeBoosting(settings, (_, _, _) -> {}).train(train, validation, 0.3);
  }

  private static FeatureRows with(float value, FeatureRows rows) {
    return new FeatureRows(with(value, rows.vectors()), rows.outcomes());
  }

  private static float[][] with(float value, float[][] rows) {
    return Arrays.stream(rows)
        .map(row -> {
          float[] copy = row.clone();
          copy[PLACE] = value;
          return copy;
        })
        .toArray(float[][]::new);
  }

  @AfterAll
  static void close() {
    List.of(ZEROS, ONES, JOINED).forEach(BoostedTrees::close);
  }

  @Test
  void eachRow_hasTheMarginOfItsOwnModel_andOneWithoutTheFeatureThatOfOnes() {
    assertSame(JOINED.margins(with(0, ROWS)), ZEROS.margins(with(0, ROWS)));
    assertSame(JOINED.margins(with(1, ROWS)), ONES.margins(with(1, ROWS)));
    assertSame(JOINED.margins(with(Float.NaN, ROWS)), ONES.margins(with(1, ROWS)));
    assertThat(JOINED.margins(with(0, ROWS))).isNotEqualTo(JOINED.margins(with(1, ROWS)));
  }

  private static void assertSame(float[] found, float[] expected) {
    for (int row = 0; row < found.length; row++) {
      assertThat(found[row]).isCloseTo(expected[row], within(1e-5f));
    }
  }

  /** Each row meets the trees of its own kind only, in score and in reasons. */
  @Test
  void scorersMarginAndContributions_areThoseOfTheOwnModel() throws ModelFormatException {
    ModelFile file = ModelFile.parse(JOINED.json(NAMES, Map.of()));
    assertThat(file.ensemble()).isNotInstanceOf(TreeEnsemble.class);
    MarginParts contributions = file.ensemble().contributions().orElseThrow();
    for (float value : new float[] {0, 1, Float.NaN}) {
      BoostedTrees own = value == 0 ? ZEROS : ONES;
      ModelFile alone = ModelFile.parse(own.json(NAMES, Map.of()));
      MarginParts ownParts = alone.ensemble().contributions().orElseThrow();
      float[][] rows = with(value, ROWS);
      float[] margins = JOINED.margins(rows);
      float[][] expected = own.contributions(rows);
      for (int row = 0; row < rows.length; row++) {
        assertThat(file.ensemble().margin(rows[row])).isEqualTo(alone.ensemble().margin(rows[row]));
        assertThat(file.ensemble().margin(rows[row])).isCloseTo(margins[row], within(1e-5f));
        double[] found = contributions.of(rows[row]);
        assertThat(found).isEqualTo(ownParts.of(rows[row]));
        assertThat(found[PLACE]).isZero();
        for (int feature = 0; feature <= RandomRows.WIDTH; feature++) {
          assertThat(found[feature]).isCloseTo(expected[row][feature], within(1e-5));
        }
      }
    }
  }

  /** The same trees under another name are one ensemble, whose bits are the same. */
  @Test
  void scorersMargin_hasTheBitsOfTheFilesTrees() throws ModelFormatException {
    Trees cut = ModelFile.parse(JOINED.json(NAMES, Map.of())).ensemble();
    Trees whole = ModelFile.parse(JOINED.json(PLAIN_NAMES, Map.of())).ensemble();

    assertThat(whole).isInstanceOf(TreeEnsemble.class);
    assertThat(cut.trees()).isEqualTo(whole.trees());
    for (float value : new float[] {0, 1, Float.NaN}) {
      for (float[] row : with(value, ROWS)) {
        assertThat(cut.margin(row)).isEqualTo(whole.margin(row));
        assertThat(cut.score(row)).isEqualTo(whole.score(row));
      }
    }
  }

  @Test
  void binaryFormat_givesTheSameMargins() {
    try (BoostedTrees again = BoostedTrees.load(JOINED.ubj(NAMES, Map.of()))) {
      assertThat(again.margins(ROWS)).isEqualTo(JOINED.margins(ROWS));
    }
  }
}
