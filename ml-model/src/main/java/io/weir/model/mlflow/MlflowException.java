package io.weir.model.mlflow;

import java.io.IOException;

/** An answer of MLflow that is no success. */
public final class MlflowException extends IOException {
  private static final long serialVersionUID = 1;

  private final String code;

  MlflowException(String message, String code) {
    super(message);
    this.code = code;
  }

  /** MLflow's own word for the error, for example {@code RESOURCE_ALREADY_EXISTS}. */
  public String code() {
    return code;
  }
}
