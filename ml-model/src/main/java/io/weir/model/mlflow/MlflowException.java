package io.weir.model.mlflow;

import java.io.IOException;

/** An answer of MLflow that is no success. */
public final class MlflowException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int NOT_FOUND = 404;

  private final int status;
  private final String code;

  MlflowException(String message, int status, String code) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** MLflow's own word for the error, for example {@code RESOURCE_ALREADY_EXISTS}. */
  public String code() {
    return code;
  }

  /** Whether the server does not have what was asked for. */
  public boolean isNotFound() {
    return status == NOT_FOUND;
  }

  /** Whether the server may answer the same call in another way soon. */
  boolean isServerError() {
    return status / 100 == 5;
  }
}
