package io.weir.scoring.model;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The contributions of some trees of one depth, all trees at once, as {@link TreeWalk} computes
 * them. Each is filled up to a whole tree. A node's children are at twice its place plus 1 and 2,
 * and an array holds that node of all trees, so that the processor's vector instructions apply. The
 * loops are in 32-bit floats, the sums over trees are not.
 */
final class TreeLanes {
  private final LaneTables tables;

  /** As many as calculations at once; they go with the model. */
  private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();

  TreeLanes(TreeEnsemble trees, TreeShares shares, int[] numbers) {
    this.tables = new LaneTables(trees, shares, numbers);
  }

  /** Adds the contributions of a vector to the sums of its features. */
  void add(int[] keys, double[] sums) {
    Scratch free = idle.poll();
    Scratch mine = free == null ? new Scratch() : free;
    mine.directions(keys);
    for (int point = 0; point < tables.points(); point++) {
      mine.through(point);
    }
    mine.collect(sums);
    idle.offer(mine);
  }

  private static void gather(int[] keys, int[] place, int[] found) {
    for (int lane = 0; lane < found.length; lane++) {
      found[lane] = keys[place[lane]];
    }
  }

  /** Turns keys into 1 where they are below the threshold, else 0; no difference overflows. */
  private static void compare(int[] keys, int[] threshold) {
    for (int lane = 0; lane < keys.length; lane++) {
      int key = keys[lane];
      int other = threshold[lane];
      int below = (key & ~other) | (~(key ^ other) & (key - other));
      keys[lane] = below >>> 31;
    }
  }

  private static void turn(int[] left, float[] share, float[] turns) {
    for (int lane = 0; lane < turns.length; lane++) {
      turns[lane] = left[lane] - share[lane];
    }
  }

  /** The state of one vector, by node and lane. */
  private final class Scratch {
    private final int count = tables.inner();
    private final int lanes = tables.lanes();
    private final float[][] turn = new float[count][lanes];
    private final float[][] answer = new float[count][lanes];
    private final float[][] difference = new float[count][lanes];
    private final float[][] toLeft = new float[count][lanes];
    private final float[][] reached = new float[count][lanes];
    private final float[][] added = new float[count][lanes];

    /** The first node whose children are leaves. */
    private final int bottom = count / 2;

    /** Whether the vector goes left: 1, else 0. */
    private final int[][] wentLeft = new int[count][lanes];

    /** By repeat, and one more for "none": 1 if the vector leaves the way to it, else 0. */
    private final int[] off = new int[tables.repeats().size() + 1];

    Scratch() {
      for (int node = bottom; node < count; node++) {
        float[] left = tables.leaves(2 * node + 1 - count);
        float[] right = tables.leaves(2 * node + 2 - count);
        for (int lane = 0; lane < lanes; lane++) {
          difference[node][lane] = left[lane] - right[lane];
        }
      }
    }

    void directions(int[] keys) {
      for (int node = 0; node < count; node++) {
        gather(keys, tables.place(node), wentLeft[node]);
        compare(wentLeft[node], tables.threshold(node));
        turn(wentLeft[node], tables.share(node), turn[node]);
        Arrays.fill(added[node], 0);
      }
      tables.repeats().mark(wentLeft, off, turn);
    }

    void through(int point) {
      for (int node = count - 1; node >= bottom; node--) {
        upFromLeaves(node, tables.known(point, node));
      }
      for (int node = bottom - 1; node >= 0; node--) {
        up(node, tables.known(point, node));
      }
      Arrays.fill(reached[0], 1);
      for (int node = 0; node < count; node++) {
        gain(node, tables.weight(point, node));
        if (node < bottom) {
          down(node);
        }
      }
    }

    /** Nobody goes further down here, and the leaves' differences are known. */
    private void upFromLeaves(int node, float[] known) {
      float[] right = tables.leaves(2 * node + 2 - count);
      float[] share = tables.share(node);
      float[] turns = turn[node];
      float[] differences = difference[node];
      float[] answers = answer[node];
      for (int lane = 0; lane < lanes; lane++) {
        float probability = share[lane] + known[lane] * turns[lane];
        answers[lane] = right[lane] + probability * differences[lane];
      }
    }

    private void up(int node, float[] known) {
      float[] left = answer[2 * node + 1];
      float[] right = answer[2 * node + 2];
      float[] share = tables.share(node);
      float[] turns = turn[node];
      float[] lefts = toLeft[node];
      float[] differences = difference[node];
      float[] answers = answer[node];
      for (int lane = 0; lane < lanes; lane++) {
        float probability = share[lane] + known[lane] * turns[lane];
        float between = left[lane] - right[lane];
        lefts[lane] = probability;
        differences[lane] = between;
        answers[lane] = right[lane] + probability * between;
      }
    }

    private void gain(int node, float[] weight) {
      float[] reaches = reached[node];
      float[] differences = difference[node];
      float[] sum = added[node];
      for (int lane = 0; lane < lanes; lane++) {
        sum[lane] += weight[lane] * reaches[lane] * differences[lane];
      }
    }

    private void down(int node) {
      float[] reaches = reached[node];
      float[] lefts = toLeft[node];
      float[] left = reached[2 * node + 1];
      float[] right = reached[2 * node + 2];
      for (int lane = 0; lane < lanes; lane++) {
        float way = reaches[lane] * lefts[lane];
        left[lane] = way;
        right[lane] = reaches[lane] - way;
      }
    }

    void collect(double[] sums) {
      for (int node = 0; node < count; node++) {
        int[] feature = tables.feature(node);
        float[] turns = turn[node];
        float[] sum = added[node];
        for (int lane = 0; lane < lanes; lane++) {
          sums[feature[lane]] += turns[lane] * sum[lane];
        }
      }
    }
  }
}
