package io.weir.lake.commit;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** Prints an exception and its causes in one line for the operator, the root cause last. */
public final class CauseChain {
  private CauseChain() {}

  public static String of(Throwable e) {
    var messages = new LinkedHashSet<String>();
    for (@Nullable Throwable each = e; each != null; each = each.getCause()) {
      messages.add(shown(each));
    }
    return String.join(": ", messages);
  }

  private static String shown(Throwable e) {
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
