package io.weir.http.access;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names in the Host header that a service without keys answers to. A page of the web can give a
 * name of its own the address of a service, and read it through a viewer's browser. It cannot do
 * that with an address, or with a name that the web does not have.
 *
 * @param listed in lower case; one that begins with a dot stands for all names that end so
 */
public record HostNames(Set<String> listed) {
  private static final String SETTING = "http.hosts";
  private static final Pattern NAME = Pattern.compile("\\.?[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");

  /** A name that only this machine can mean, or an address. */
  private static final Pattern LOCAL =
      Pattern.compile("(?:.+\\.)?localhost|[0-9.]+|\\[[0-9a-f:.%]+]");

  /** Names without a dot, and those of a cluster or of Docker. */
  private static final Pattern PRIVATE =
      Pattern.compile("[a-z0-9_-]+|.+\\.(?:svc|svc\\.cluster\\.local|internal)");

  public HostNames {
    listed = Set.copyOf(listed);
  }

  static HostNames none() {
    return new HostNames(Set.of());
  }

  static HostNames from(Settings settings) {
    String text = settings.text(SETTING, "").toLowerCase(Locale.ROOT);
    var names = new HashSet<String>();
    for (String name : text.split("[,\\s]+", -1)) {
      if (!name.isEmpty() && !NAME.matcher(name).matches()) {
        throw new StartupException(
            "%s=%s: %s is no name of a host, such as weir.example.com or .example.com"
                .formatted(Settings.variable(SETTING), text, name));
      }
      names.add(name);
    }
    names.remove("");
    return new HostNames(names);
  }

  HostNames and(String host) {
    var more = new HashSet<String>(listed);
    more.add(host.toLowerCase(Locale.ROOT));
    return new HostNames(more);
  }

  /** Whether a Host header means this machine and no other. */
  public static boolean isOfThisMachine(String header) {
    return LOCAL.matcher(name(header)).matches();
  }

  /** Whether a Host header is an address, a name that the web does not have, or a listed one. */
  public boolean isKnown(String header) {
    String name = name(header);
    return LOCAL.matcher(name).matches()
        || PRIVATE.matcher(name).matches()
        || listed.contains(name)
        || listed.stream().anyMatch(end -> end.startsWith(".") && name.endsWith(end));
  }

  /** Without the port, and without the dot that may end a name. */
  private static String name(String header) {
    String name = header.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
