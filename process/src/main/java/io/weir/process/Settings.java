package io.weir.process;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Typed settings. A setting {@code stream.session-gap} is read from the environment as {@code
 * WEIR_STREAM_SESSION_GAP}, else from the properties file that {@code WEIR_CONFIG_FILE} names, else
 * it has its default. Every complaint names the setting, the value and what would be right.
 */
public final class Settings {
  private static final String PREFIX = "WEIR_";
  private static final String FILE = PREFIX + "CONFIG_FILE";
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kmg]?)b?");

  private final Map<String, String> values;
  private final Set<String> read = new TreeSet<>();

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** Settings of this process: the environment over the file it names. */
  public static Settings ofProcess() {
    return of(System.getenv());
  }

  public static Settings of(Map<String, String> environment) {
    var values = new TreeMap<String, String>();
    String file = environment.get(FILE);
    if (file != null) {
      values.putAll(fromFile(Path.of(file)));
    }
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !name.equals(FILE)) {
        values.put(name, value);
      }
    });
    return new Settings(values);
  }

  private static Map<String, String> fromFile(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(FILE + "=" + file + " cannot be read: " + e, e);
    }
    var values = new HashMap<String, String>();
    properties.forEach((key, value) -> values.put(variable((String) key), (String) value));
    return values;
  }

  /** The environment variable of a setting. */
  public static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  public Optional<String> text(String key) {
    String name = variable(key);
    read.add(name);
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** The value as it is written, with the spaces around it, also if it is empty. */
  Optional<String> written(String key) {
    String name = variable(key);
    read.add(name);
    return Optional.ofNullable(values.get(name));
  }

  public String text(String key, String fallback) {
    return text(key).orElse(fallback);
  }

  public String required(String key, String example) {
    return text(key)
        .orElseThrow(
            () -> new StartupException(variable(key) + " is not set; for example " + example));
  }

  /**
   * A secret: the setting's value, or the text of the file that {@code …_FILE} names. Spaces and
   * line ends around it do not count.
   */
  public Optional<String> secret(String key) {
    String fileKey = key + "-file";
    Optional<String> value = text(key);
    Optional<String> file = text(fileKey);
    if (value.isPresent() && file.isPresent()) {
      throw twice(key);
    }
    return value.or(() -> file.map(name -> secretOf(fileKey, name)));
  }

  /** The secret in the file that a setting names, without what is around it. */
  static String secretOf(String key, String file) {
    String text = content(key, file).strip();
    if (text.isEmpty()) {
      throw new StartupException(variable(key) + ": the file is empty");
    }
    return text;
  }

  /**
   * The text of the file that a setting names. Who puts the secret itself where its file belongs
   * does not find it in a log: only what looks like a path is printed.
   */
  static String content(String key, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      boolean isPath = file.startsWith("/") && file.lines().count() == 1;
      // The cause would say the value again.
      throw new StartupException(
          variable(key)
              + (isPath ? "=" + file : "")
              + " names no file that can be read: "
              + e.getClass().getSimpleName());
    }
  }

  static StartupException twice(String key) {
    return new StartupException(
        variable(key) + " and " + variable(key + "-file") + " are both set; one of them is right");
  }

  public int integer(String key, int fallback, int least, int most) {
    return (int) number(key, fallback, least, most);
  }

  public long number(String key, long fallback, long least, long most) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      long value = Long.parseLong(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad(key, text.get(), "a whole number from " + least + " to " + most, e);
    }
    throw bad(key, text.get(), "a whole number from " + least + " to " + most, null);
  }

  /** A TCP port; 0 means any free one. */
  public int port(String key, int fallback) {
    return integer(key, fallback, 0, 65_535);
  }

  public boolean flag(String key, boolean fallback) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    return switch (text.get().toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes" -> true;
      case "false", "off", "no" -> false;
      default -> throw bad(key, text.get(), "true or false", null);
    };
  }

  /** A length of time as {@link Durations} reads it. */
  public Duration duration(String key, Duration fallback) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      return Durations.parse(text.get());
    } catch (IllegalArgumentException e) {
      throw new StartupException(variable(key) + "=" + e.getMessage(), e);
    }
  }

  /** {@code 512mb}, {@code 64k}, {@code 1g} or plain bytes. */
  public long bytes(String key, long fallback) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return fallback;
    }
    Matcher matcher = SIZE.matcher(text.get().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw bad(key, text.get(), "a size such as 64k, 128mb or 1g", null);
    }
    int shift =
        switch (matcher.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    } catch (ArithmeticException | NumberFormatException e) {
      throw bad(key, text.get(), "a size below 8 exabytes", e);
    }
  }

  public Path path(String key, Path fallback) {
    return text(key).map(Path::of).orElse(fallback);
  }

  /** Every setting whose key starts with the prefix, the rest of the name in dotted lower case. */
  public Map<String, String> group(String prefix) {
    String start = variable(prefix) + "_";
    var group = new TreeMap<String, String>();
    values.forEach((name, value) -> {
      if (name.startsWith(start)) {
        read.add(name);
        String rest = name.substring(start.length());
        group.put(rest.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    return group;
  }

  /**
   * Refuses settings that nobody read, so that a slip of the pen does not pass as a default. Only
   * names of the given groups are judged: services may share one environment.
   */
  public void refuseUnknown(String... groups) {
    for (String name : values.keySet()) {
      for (String group : groups) {
        String prefix = variable(group) + "_";
        if (name.startsWith(prefix) && !read.contains(name)) {
          String known =
              read.stream()
                  .filter(other -> other.startsWith(prefix))
                  .collect(Collectors.joining(", "));
          throw new StartupException(name + " is not a setting of this service; it knows " + known);
        }
      }
    }
  }

  private static StartupException bad(
      String key, String value, String wanted, @Nullable Exception cause) {
    String message = variable(key) + "=" + value + " is not " + wanted;
    return cause == null ? new StartupException(message) : new StartupException(message, cause);
  }
}
