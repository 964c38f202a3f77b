package io.weir.scoring.train;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Grows trees one after the other on binned rows, depth first. Only the smaller child of a split is
 * summed row by row; the histogram of the larger child is the parent's minus the smaller one's.
 */
final class TreeGrower {
  private final Bins bins;
  private final TrainingSettings settings;
  private final int[] slots;
  private final Gradients gradients;
  private final SplitFinder finder;
  private final ArrayDeque<Histogram> spare = new ArrayDeque<>();
  private final boolean[] goesLeft;

  private TreeBuilder tree = new TreeBuilder();

  TreeGrower(float[][] vectors, Gradients gradients, TrainingSettings settings) {
    this.bins = Bins.of(vectors, settings.bins());
    this.settings = settings;
    this.slots = bins.slotsOf(vectors);
    this.gradients = gradients;
    this.finder = new SplitFinder(bins, settings);
    this.goesLeft = new boolean[vectors.length];
  }

  /** Grows a tree on the given rows; reorders them. */
  GrownTree grow(int[] rows) {
    tree = new TreeBuilder();
    var range = new RowRange(rows, 0, rows.length);
    Sums total = Sums.of(gradients, range);
    int root = addLeaf(TreeBuilder.NO_PARENT, total);
    divide(root, range, total, filled(range), settings.depth());
    return tree.build();
  }

  /** Splits the node as long as it pays; the node owns the histogram. */
  private void divide(int node, RowRange range, Sums total, Histogram histogram, int levels) {
    Split split = levels == 0 ? null : finder.best(histogram, total);
    if (split == null) {
      spare.push(histogram);
      return;
    }
    tree.split(node, split, bins.thresholdAfter(split.feature(), split.lastLeftSlot()));
    int middle = partition(range, split);
    Sums rightTotal = total.minus(split.left());
    int left = addLeaf(node, split.left());
    int right = addLeaf(node, rightTotal);
    tree.children(node, left, right);
    RowRange before = range.before(middle);
    RowRange after = range.from(middle);
    if (levels == 1) {
      spare.push(histogram);
      return;
    }
    boolean leftIsSmaller = before.size() <= after.size();
    Histogram smaller = filled(leftIsSmaller ? before : after);
    histogram.subtract(smaller);
    divide(left, before, split.left(), leftIsSmaller ? smaller : histogram, levels - 1);
    divide(right, after, rightTotal, leftIsSmaller ? histogram : smaller, levels - 1);
  }

  private int addLeaf(int parent, Sums sums) {
    double weight = sums.weight(settings.lambda());
    return tree.addLeaf(parent, weight, sums.hessian(), (float) (settings.learningRate() * weight));
  }

  private int partition(RowRange range, Split split) {
    int missing = bins.missingSlot(split.feature());
    for (int i = range.from(); i < range.to(); i++) {
      int row = range.rows()[i];
      int slot = slots[row * bins.features() + split.feature()];
      goesLeft[row] = slot == missing ? split.missingGoesLeft() : slot <= split.lastLeftSlot();
    }
    return range.partition(goesLeft);
  }

  private Histogram filled(RowRange range) {
    @Nullable Histogram reused = spare.poll();
    Histogram histogram = reused == null ? new Histogram(bins.slots()) : reused;
    histogram.fill(slots, bins.features(), gradients, range);
    return histogram;
  }
}
