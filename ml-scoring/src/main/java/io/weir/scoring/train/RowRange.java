package io.weir.scoring.train;

/** The rows of one node: a range of the shared array of row numbers. */
@SuppressWarnings("ArrayRecordComponent") // never compared; a list would box
record RowRange(int[] rows, int from, int to) {

  int size() {
    return to - from;
  }

  RowRange before(int middle) {
    return new RowRange(rows, from, middle);
  }

  RowRange from(int middle) {
    return new RowRange(rows, middle, to);
  }

  /**
   * Moves the rows that go left to the front, keeping their order; returns the start of the others.
   */
  int partition(boolean[] goesLeft) {
    var right = new int[size()];
    int leftEnd = from;
    int rightCount = 0;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      if (goesLeft[row]) {
        rows[leftEnd++] = row;
      } else {
        right[rightCount++] = row;
      }
    }
    System.arraycopy(right, 0, rows, leftEnd, rightCount);
    return leftEnd;
  }
}
