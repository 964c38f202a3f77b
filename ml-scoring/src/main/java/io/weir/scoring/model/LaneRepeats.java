package io.weir.scoring.model;

import java.util.Arrays;

/**
 * The nodes of {@link TreeLanes} whose feature is split on above them, too. A repeat comes behind
 * those above it.
 */
final class LaneRepeats {
  private static final int FIELDS = 5;
  private static final int NODE = 0;
  private static final int LANE = 1;
  private static final int ABOVE = 2;

  /** The number of the repeat at the node above. */
  private static final int AGAIN = 3;

  private static final int IS_LEFT = 4;

  private int[] fields = new int[64 * FIELDS];
  private int size;

  /**
   * Adds a repeat.
   *
   * @param above the nearest node of the same feature
   * @param again the number of that node's own repeat; negative if it has none
   * @param isLeft whether the way there leads to the left
   */
  void add(int node, int lane, int above, int again, boolean isLeft) {
    int at = FIELDS * size++;
    if (at == fields.length) {
      fields = Arrays.copyOf(fields, 2 * at);
    }
    fields[at + NODE] = node;
    fields[at + LANE] = lane;
    fields[at + ABOVE] = above;
    fields[at + AGAIN] = again + 1;
    fields[at + IS_LEFT] = isLeft ? 1 : 0;
  }

  int size() {
    return size;
  }

  /**
   * Sets {@code off} to 1 where the vector leaves the way to a repeat at a node of the same
   * feature, else to 0. Nothing turns there.
   *
   * @param left 1 where the vector goes left, else 0
   * @param off by repeat, one place behind its number; the first is for "none"
   */
  void mark(int[][] left, int[] off, float[][] turn) {
    for (int repeat = 1, at = 0; repeat <= size; repeat++, at += FIELDS) {
      int lane = fields[at + LANE];
      int leaves = left[fields[at + ABOVE]][lane] ^ fields[at + IS_LEFT];
      off[repeat] = leaves | off[fields[at + AGAIN]];
      turn[fields[at + NODE]][lane] *= 1 - off[repeat];
    }
  }
}
