package io.weir.ingest.registry;

import io.weir.process.StartupException;

/**
 * A stop was requested before the registry answered. The record at hand is neither sent nor
 * skipped: the next run reads it again.
 */
public final class StoppedException extends StartupException {
  private static final long serialVersionUID = 1L;

  StoppedException(String registry) {
    super("stopped before the schema registry at " + registry + " answered");
  }
}
