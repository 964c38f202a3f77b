package io.weir.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * All schema versions that a record was ever written with, oldest first: {@code
 * schemas/NAME/1.avsc, 2 …}.
 */
final class SchemaHistory {
  private SchemaHistory() {}

  static List<Schema> of(String name) {
    var schemas = new ArrayList<Schema>();
    try {
      for (int version = 1; ; version++) {
        String path = "/schemas/" + name + "/" + version + ".avsc";
        try (InputStream stored = SchemaHistory.class.getResourceAsStream(path)) {
          if (stored == null) {
            return List.copyOf(schemas);
          }
          schemas.add(new Schema.Parser().parse(stored));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
