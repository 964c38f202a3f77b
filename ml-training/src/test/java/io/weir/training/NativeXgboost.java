package io.weir.training;

import io.weir.process.StartupException;
import io.weir.training.tree.XgboostLibrary;

/** Whether XGBoost can run here: its native library needs OpenMP, which a bare machine lacks. */
public final class NativeXgboost {
  private NativeXgboost() {}

  /** Prints the reason where it cannot. */
  public static boolean isThere() {
    try {
      XgboostLibrary.load();
      return true;
    } catch (StartupException e) {
      System.out.println("tests of XGBoost are skipped: " + e.getMessage());
      return false;
    }
  }
}
