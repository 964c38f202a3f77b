package io.weir.ingest.read;

import io.weir.process.StartupException;

/** A file that cannot be read; the message names the file, the problem and what to do. */
public final class UnreadableFileException extends StartupException {
  private static final long serialVersionUID = 1L;

  public UnreadableFileException(String message) {
    super(message);
  }

  UnreadableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
