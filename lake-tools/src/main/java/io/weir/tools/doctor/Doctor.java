package io.weir.tools.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs all checks at once; what one of them cannot see does not keep the others from looking. */
final class Doctor {
  private Doctor() {}

  /** What was seen, in the order of the checks. */
  static List<Finding> look(List<Check> checks) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Finding>>> running =
          checks.stream().map(check -> threads.submit(check::look)).toList();
      var seen = new ArrayList<Finding>();
      for (int i = 0; i < checks.size(); i++) {
        seen.addAll(seen(checks.get(i), running.get(i)));
      }
      return Finding.merged(seen);
    }
  }

  private static List<Finding> seen(Check check, Future<List<Finding>> running)
      throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      return List.of(
          Finding.fail(
              check.part(),
              "cannot be looked at: " + text.lines().findFirst().orElse(""),
              "start it, or correct its settings; docs/runbook.md lists what it says"));
    }
  }
}
