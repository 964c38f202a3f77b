package io.weir.sink.write;

import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The key, revision and retraction of a record that replaces others. */
public record Versioned<T>(
    Function<T, String> key, ToIntFunction<T> revision, Function<T, Boolean> isRetracted) {

  long rank(T record) {
    return Ranks.of(revision.applyAsInt(record), isRetracted.apply(record));
  }
}
