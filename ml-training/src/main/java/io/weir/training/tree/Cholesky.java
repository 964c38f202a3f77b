package io.weir.training.tree;

/** Solves linear equations of a symmetric positive definite matrix, in place. */
final class Cholesky {
  private Cholesky() {}

  /**
   * Returns x with {@code matrix * x = right}.
   *
   * @param matrix only its lower triangle is read; it is overwritten
   */
  static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    for (int column = 0; column < size; column++) {
      for (int row = column; row < size; row++) {
        double sum = matrix[row][column];
        for (int k = 0; k < column; k++) {
          sum -= matrix[row][k] * matrix[column][k];
        }
        matrix[row][column] =
            row == column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[column][column];
      }
    }
    var solution = right.clone();
    for (int row = 0; row < size; row++) {
      for (int k = 0; k < row; k++) {
        solution[row] -= matrix[row][k] * solution[k];
      }
      solution[row] /= matrix[row][row];
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int k = row + 1; k < size; k++) {
        solution[row] -= matrix[k][row] * solution[k];
      }
      solution[row] /= matrix[row][row];
    }
    return solution;
  }
}
