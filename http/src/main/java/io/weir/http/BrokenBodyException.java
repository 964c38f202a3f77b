package io.weir.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;

/**
 * A body whose chunks cannot be read to their end. It has the type that the server keeps out of the
 * log when nobody waits for the body any more.
 */
final class BrokenBodyException extends DecompressionException {
  private static final long serialVersionUID = 1;

  BrokenBodyException(Throwable cause) {
    super("its chunks cannot be read", cause);
  }

  boolean isTooLong() {
    return getCause() instanceof TooLongFrameException;
  }
}
