package io.weir.tools.sql;

import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Converts a value of DuckDB to plain Java: null, text, number, flag, list or map. */
final class Cell {
  private Cell() {}

  static @Nullable Object plain(ResultSet rows, int column) throws SQLException {
    return plain(rows.getObject(column));
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag;
      case BigDecimal amount -> amount;
      case Number number -> number;
      case OffsetDateTime time -> time.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString();
      case Timestamp time -> time.toLocalDateTime().toString();
      case Blob blob -> text(blob.getBytes(1, (int) blob.length()));
      case byte[] bytes -> text(bytes);
      case Array array -> list((Object[]) array.getArray());
      case DuckDBStruct struct -> map(struct.getMap());
      case Struct struct -> list(struct.getAttributes());
      case Map<?, ?> map -> map(map);
      default -> value.toString();
    };
  }

  private static List<@Nullable Object> list(Object[] values) throws SQLException {
    var list = new ArrayList<@Nullable Object>(values.length);
    for (Object each : values) {
      list.add(plain(each));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> values) throws SQLException {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      map.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
    }
    return map;
  }

  /** The bytes as text if they are UTF-8, otherwise hexadecimal. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
  }
}
