package io.weir.local.platform;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The way to start PostgreSQL for a user who is root, because PostgreSQL refuses to run as root.
 * The embedded server then runs in a user namespace, which a chroot and most containers forbid.
 * There its process starts as another user instead, with root's right to reach files, because the
 * working folder may lie in root's home.
 */
final class NotRoot {
  private static final String NOBODY = "65534";
  private static final String RIGHTS = "+dac_override,+fowner";
  private static final List<String> NAMESPACE = List.of("unshare", "-U", "true");
  private static final List<String> OTHER_USER =
      List.of(
          "setpriv",
          // Without this right access() would check the rights of the user alone.
          "--securebits=+no_setuid_fixup",
          "--reuid=" + NOBODY,
          "--regid=" + NOBODY,
          "--clear-groups",
          "--inh-caps=" + RIGHTS,
          "--ambient-caps=" + RIGHTS);

  private NotRoot() {}

  /** The start of the command line of PostgreSQL's process; usually empty. */
  static List<String> prefix() {
    return isRoot() ? prefix(works(NAMESPACE), works(with(OTHER_USER, "true"))) : List.of();
  }

  /** The same for root, depending on what the system allows. */
  static List<String> prefix(boolean hasNamespaces, boolean canChangeUser) {
    if (hasNamespaces) {
      return List.of();
    }
    if (canChangeUser) {
      return OTHER_USER;
    }
    throw new StartupException(
        "PostgreSQL refuses to run as root, and here root can neither make a user namespace"
            + " (unshare -U) nor change the user (setpriv): run ./weir as an ordinary user");
  }

  private static boolean isRoot() {
    try {
      Path self = Path.of("/proc/self");
      return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // no Linux: the library knows what to do
    }
  }

  private static boolean works(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted", e);
    }
  }

  private static List<String> with(List<String> command, String word) {
    var all = new ArrayList<>(command);
    all.add(word);
    return all;
  }
}
