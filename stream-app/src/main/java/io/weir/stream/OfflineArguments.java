package io.weir.stream;

import io.weir.process.StartupException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --events FILE --out FILE}. */
record OfflineArguments(Path events, Path out) {
  static final String USAGE = "usage: sessions --events FILE.jsonl[.gz] --out FILE.avro";

  static OfflineArguments parse(List<String> words) {
    Path events = null;
    Path out = null;
    for (int i = 0; i + 1 < words.size(); i += 2) {
      switch (words.get(i)) {
        case "--events" -> events = Path.of(words.get(i + 1));
        case "--out" -> out = Path.of(words.get(i + 1));
        default -> throw new StartupException("unknown option " + words.get(i) + "; " + USAGE);
      }
    }
    return new OfflineArguments(given(events), given(out));
  }

  private static Path given(@Nullable Path path) {
    if (path == null) {
      throw new StartupException(USAGE);
    }
    return path;
  }
}
