package io.weir.training.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws shapes of trees to try. The first one is the given one, so that a search never ends worse
 * on the validation part than no search; the same seed draws the same ones.
 */
public final class ShapeSearch {
  private static final double[] LEAST_WEIGHTS = {0.5, 1, 2, 5, 10, 20};
  private static final double[] SHARES = {0.6, 0.7, 0.8, 0.9, 1};
  private static final double[] PENALTIES = {0.3, 1, 3, 10};
  private static final double[] LEARNING_RATES = {0.02, 0.03, 0.05, 0.08, 0.12, 0.2};
  private static final int SHALLOWEST = 2;
  private static final int DEEPEST = 8;

  private ShapeSearch() {}

  /** The given shape and so many others that there are {@code count}. */
  public static List<TreeShape> shapes(TreeShape given, int count, long seed) {
    var random = new SplittableRandom(seed);
    var shapes = new ArrayList<>(List.of(given));
    var known = new HashSet<>(shapes);
    while (shapes.size() < count) {
      TreeShape drawn = draw(random);
      if (known.add(drawn)) {
        shapes.add(drawn);
      }
    }
    return shapes;
  }

  private static TreeShape draw(SplittableRandom random) {
    return new TreeShape(
        random.nextInt(SHALLOWEST, DEEPEST + 1),
        one(LEARNING_RATES, random),
        one(LEAST_WEIGHTS, random),
        one(SHARES, random),
        one(SHARES, random),
        one(PENALTIES, random));
  }

  private static double one(double[] values, SplittableRandom random) {
    return values[random.nextInt(values.length)];
  }
}
