package io.weir.training.tree;

import io.weir.process.RootCause;
import io.weir.process.StartupException;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The native library of XGBoost, which needs OpenMP from the system. */
public final class XgboostLibrary {
  private XgboostLibrary() {}

  /** Loads the library, or says in one line what to install. */
  public static void load() {
    try {
      new DMatrix(new float[] {0}, 1, 1, Float.NaN).dispose();
    } catch (XGBoostError | LinkageError | RuntimeException e) {
      throw new StartupException(problem(e), e);
    }
  }

  static String problem(Throwable failure) {
    String cause = RootCause.of(failure).toString();
    if (cause.contains("libgomp") || cause.contains("libomp")) {
      return "XGBoost needs the system's OpenMP library, which is not installed:"
          + " apt-get install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora),"
          + " brew install libomp (macOS)";
    }
    return "XGBoost's native library cannot be loaded: " + cause;
  }
}
