package io.weir.training;

import io.weir.process.StartupException;
import io.weir.training.tree.TreeSettings;
import picocli.CommandLine.Option;

/** The options of every training. */
final class TreeOptions {
  private static final int DEEPEST = 12;

  @Option(names = "--seed", paramLabel = "N", description = "Splits rows (default 1).")
  private long seed = 1;

  @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--depth", paramLabel = "N", description = "Splits from root to leaf (5).")
  private int depth = TreeSettings.standard(1, 1).depth();

  long seed() {
    return seed;
  }

  TreeSettings settings() {
    if (threads < 1) {
      throw new StartupException("--threads must be at least 1");
    }
    if (depth < 1 || depth > DEEPEST) {
      throw new StartupException("--depth must be from 1 to " + DEEPEST);
    }
    return TreeSettings.standard(seed, threads).withDepth(depth);
  }
}
