package io.weir.scoring.ops;

import java.util.concurrent.Executors;

/** Things that are closed at the same time: each may take as long as the service has for all. */
public final class Together {
  private Together() {}

  /** Runs all tasks, each in a thread of its own, and waits for them. */
  public static void run(Runnable... tasks) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable each : tasks) {
        executor.execute(each);
      }
    }
  }
}
