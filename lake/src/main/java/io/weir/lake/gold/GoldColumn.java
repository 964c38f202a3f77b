package io.weir.lake.gold;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A column of a gold relation: its name, its type, and how a record fills it. */
public record GoldColumn<T>(String name, String type, Binder<T> binder) {

  /** Sets the value of a record as a parameter of a statement. */
  public interface Binder<T> {
    void bind(PreparedStatement statement, int index, T record) throws SQLException;
  }

  static <T> GoldColumn<T> text(String name, Function<T, @Nullable String> value) {
    return new GoldColumn<>(name, "text", (s, i, r) -> s.setString(i, storable(value.apply(r))));
  }

  static <T> GoldColumn<T> json(String name, Function<T, String> value) {
    return new GoldColumn<>(
        name, "jsonb", (s, i, r) -> s.setObject(i, value.apply(r), Types.OTHER));
  }

  static <T> GoldColumn<T> integer(String name, ToIntFunction<T> value) {
    return new GoldColumn<>(name, "integer", (s, i, r) -> s.setInt(i, value.applyAsInt(r)));
  }

  static <T> GoldColumn<T> bigint(String name, Function<T, @Nullable Long> value) {
    return new GoldColumn<>(
        name, "bigint", (s, i, r) -> s.setObject(i, value.apply(r), Types.BIGINT));
  }

  static <T> GoldColumn<T> number(String name, ToDoubleFunction<T> value) {
    return new GoldColumn<>(
        name, "double precision", (s, i, r) -> s.setDouble(i, value.applyAsDouble(r)));
  }

  static <T> GoldColumn<T> flag(String name, Function<T, Boolean> value) {
    return new GoldColumn<>(name, "boolean", (s, i, r) -> s.setBoolean(i, value.apply(r)));
  }

  /** A column of times that are epoch milliseconds in the record. */
  static <T> GoldColumn<T> time(String name, ToLongFunction<T> value) {
    return new GoldColumn<>(
        name, "timestamptz", (s, i, r) -> s.setTimestamp(i, new Timestamp(value.applyAsLong(r))));
  }

  /** A column of times, null where the record has none. */
  static <T> GoldColumn<T> optionalTime(String name, Function<T, @Nullable Long> value) {
    return new GoldColumn<>(
        name,
        "timestamptz",
        (s, i, r) -> {
          Long time = value.apply(r);
          s.setTimestamp(i, time == null ? null : new Timestamp(time));
        });
  }

  /**
   * Returns the text exactly as PostgreSQL stores it, so that equal rows have equal keys here, too.
   * UTF-8 has no lone surrogates: they become question marks.
   */
  static String encodable(String text) {
    String encoded = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return encoded.replace('\0', '\uFFFD');
  }

  /** Replaces NUL, which PostgreSQL's {@code text} cannot store. */
  public static @Nullable String storable(@Nullable String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
