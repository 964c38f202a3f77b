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
    private final boolean[] isOff = new boolean[tables.repeats()];

    void directions(int[] keys) {
      for (int node = 0; node < count; node++) {
        int[] place = tables.place(node);
        int[] threshold = tables.threshold(node);
        float[] share = tables.share(node);
        float[] turns = turn[node];
        for (int lane = 0; lane < lanes; lane++) {
          long left = ((long) keys[place[lane]] - threshold[lane]) >>> 63;
          turns[lane] = (int) left - share[lane];
        }
        Arrays.fill(added[node], 0);
      }
      for (int repeat = 0; repeat < isOff.length; repeat++) {
        isOff[repeat] = tables.isOff(repeat, keys, isOff);
        if (isOff[repeat]) {
          turn[tables.node(repeat)][tables.lane(repeat)] = 0;
        }
      }
    }

    void through(int point) {
      for (int node = count - 1; node >= 0; node--) {
        up(node, tables.known(point, node));
      }
      Arrays.fill(reached[0], 1);
      for (int node = 0; node < count; node++) {
        gain(node, tables.weight(point, node));
        if (2 * node + 2 < count) {
          down(node);
        }
      }
    }

    private float[] answers(int node) {
      return node < count ? answer[node] : tables.leaves(node - count);
    }

    private void up(int node, float[] known) {
      float[] left = answers(2 * node + 1);
      float[] right = answers(2 * node + 2);
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
