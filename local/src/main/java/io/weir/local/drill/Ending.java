package io.weir.local.drill;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives something back at the end of a drill. */
@FunctionalInterface
interface Ending {

  void run() throws IOException, InterruptedException;

  /** Runs all, also after one has failed; throws the first failure with the others. */
  static void all(List<Ending> endings) throws IOException, InterruptedException {
    @Nullable Exception first = null;
    for (Ending ending : endings) {
      try {
        ending.run();
      } catch (IOException | InterruptedException | RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    switch (first) {
      case null -> {}
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(first);
    }
  }
}
