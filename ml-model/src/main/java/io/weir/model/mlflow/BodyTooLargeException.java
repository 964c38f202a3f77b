package io.weir.model.mlflow;

import java.io.IOException;

/** An answer that is larger than a file of a model may be. */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  BodyTooLargeException(long most) {
    super("the answer is larger than " + most + " bytes");
  }
}
