package io.weir.training;

import io.weir.process.StartupException;
import io.weir.training.tree.TreeSettings;
import io.weir.training.tree.TreeShape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every training. */
final class TreeOptions {
  private static final int DEEPEST = 12;
  private static final int MOST_ATTEMPTS = 1_000;

  @Option(names = "--seed", paramLabel = "N", description = "Splits rows (default 1).")
  private long seed = 1;

  @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "Splits from root to leaf (5; p_click 2).")
  private @Nullable Integer depth;

  @Option(names = "--search", paramLabel = "N", description = "Tries N shapes of trees (1).")
  private int search = 1;

  @Option(names = "--most-negatives", paramLabel = "N", description = "Samples above (1000000).")
  private int mostNegatives = TrainingPlan.MOST_NEGATIVES;

  long seed() {
    return seed;
  }

  int threads() {
    if (threads < 1) {
      throw new StartupException("--threads must be at least 1");
    }
    return threads;
  }

  /** The plan with the depth that is given, or else this one. */
  TrainingPlan plan(int usualDepth) {
    if (search < 1 || search > MOST_ATTEMPTS) {
      throw new StartupException("--search must be from 1 to " + MOST_ATTEMPTS);
    }
    if (mostNegatives < 1) {
      throw new StartupException("--most-negatives must be at least 1");
    }
    return new TrainingPlan(settings(depth == null ? usualDepth : depth), search, mostNegatives);
  }

  private TreeSettings settings(int splits) {
    if (splits < 1 || splits > DEEPEST) {
      throw new StartupException("--depth must be from 1 to " + DEEPEST);
    }
    return TreeSettings.standard(seed, threads()).with(TreeShape.standard().withDepth(splits));
  }
}
