package io.weir.process.tls;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that was read from files. Whoever asks for it lets the files be looked at again, at most
 * once in {@link #BETWEEN}, and it is made anew when their text has changed. While the new text is
 * not right, such as a key before its certificate is there, the old value stays.
 */
final class Renewed<T> {
  static final Duration BETWEEN = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Renewed.class);
  private static final int LARGEST = 1 << 20;

  private final List<Source> sources;
  private final Function<List<String>, T> reader;
  private final Consumer<T> renewal;
  private final LongSupplier nanos;
  private final AtomicLong lookedAt;
  private volatile T value;
  private List<String> taken;
  private String complaint = "";

  /**
   * A file that a setting names.
   *
   * @param key of the setting, such as {@code http.tls-key-file}
   */
  record Source(String key, Path file) {
    String variable() {
      return Settings.variable(key) + "=" + file;
    }
  }

  /**
   * Reads the files for the first time; fails with a line for the operator.
   *
   * @param reader gets the text of each file
   * @param nanos a clock for durations
   */
  Renewed(List<Source> sources, Function<List<String>, T> reader, LongSupplier nanos) {
    this(sources, reader, _ -> {}, nanos);
  }

  /**
   * Reads the files for the first time, as above.
   *
   * @param renewal refuses a value that is worse than the one in use, with a line for the operator
   */
  Renewed(
      List<Source> sources,
      Function<List<String>, T> reader,
      Consumer<T> renewal,
      LongSupplier nanos) {
    this.sources = List.copyOf(sources);
    this.reader = reader;
    this.renewal = renewal;
    this.nanos = nanos;
    this.lookedAt = new AtomicLong(nanos.getAsLong());
    this.taken = texts();
    this.value = reader.apply(taken);
  }

  /** The newest value. One caller looks at the files, and all others take what is there. */
  T get() {
    long last = lookedAt.get();
    long now = nanos.getAsLong();
    if (now - last >= BETWEEN.toNanos() && lookedAt.compareAndSet(last, now)) {
      look();
    }
    return value;
  }

  /** What {@link #get} gave last, without a look at the files. */
  T last() {
    return value;
  }

  private synchronized void look() {
    try {
      List<String> texts = texts();
      if (!texts.equals(taken)) {
        T newer = reader.apply(texts);
        renewal.accept(newer);
        value = newer;
        taken = texts;
        log.info("{} was renewed and is in use", sources.getFirst().variable());
      }
      complaint = "";
    } catch (StartupException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(complaint)) {
        complaint = problem;
        log.warn("{}; what was read before stays in use", problem);
      }
    }
  }

  private List<String> texts() {
    var texts = new ArrayList<String>();
    sources.forEach(source -> texts.add(text(source)));
    return texts;
  }

  /** The text of a file; fails with a line for the operator. */
  static String text(Source source) {
    try (InputStream in = Files.newInputStream(source.file())) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new StartupException(source.variable() + " is larger than 1 MB");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // The cause would say the name again.
      throw new StartupException(
          source.variable() + " names no file that can be read: " + e.getClass().getSimpleName());
    }
  }
}
