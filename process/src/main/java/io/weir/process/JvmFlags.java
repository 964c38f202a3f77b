package io.weir.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The JVM flags of Weir's processes, as the root pom has them. */
public final class JvmFlags {
  private JvmFlags() {}

  /** What each JVM needs: its libraries reach beyond Java. */
  public static List<String> ofAll() {
    return read("jvm.args");
  }

  /** How a service runs, beside its heap. */
  public static List<String> ofServices() {
    return read("service.args");
  }

  private static List<String> read(String name) {
    try (InputStream in = Objects.requireNonNull(JvmFlags.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Stream.of(line.strip().split("\\s+", -1)))
          .filter(flag -> !flag.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
