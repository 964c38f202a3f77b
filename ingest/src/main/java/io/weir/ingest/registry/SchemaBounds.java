package io.weir.ingest.registry;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The limits of a schema. A schema of a few lines can have values of any depth, or of a billion
 * fields: each level names the next one twice. Each record of a schema is looked at once.
 */
final class SchemaBounds {
  private static final int DEEPEST = 100;
  private static final int MOST_LEAVES = 10_000;
  private static final Size LEAF = new Size(0, 1);

  private final int id;
  private final Map<String, Size> sizes = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private SchemaBounds(int id) {
    this.id = id;
  }

  /**
   * The size of the values of a schema whose lists have one item.
   *
   * @param leaves fields that are no records
   */
  private record Size(int height, int leaves) {
    private Size or(Size other) {
      return new Size(Math.max(height, other.height), Math.max(leaves, other.leaves));
    }

    private Size and(Size other) {
      return new Size(Math.max(height, other.height), leaves + other.leaves);
    }

    private Size under() {
      return new Size(height + 1, Math.max(1, leaves));
    }
  }

  /** Refuses the schema of that number if its values have no usable bound. */
  static void check(int id, Schema schema) throws Skip {
    new SchemaBounds(id).size(schema, 0);
  }

  private Size size(Schema schema, int depth) throws Skip {
    Size size =
        switch (schema.getType()) {
          case RECORD -> named(schema, depth + 1);
          case ARRAY -> size(schema.getElementType(), depth + 1).under();
          case MAP -> size(schema.getValueType(), depth + 1).under();
          case UNION -> branches(schema, depth + 1);
          default -> LEAF;
        };
    if (depth + size.height > DEEPEST) {
      throw refused("is nested deeper than " + DEEPEST + " levels");
    }
    return size;
  }

  private Size named(Schema record, int depth) throws Skip {
    String name = record.getFullName();
    if (open.contains(name)) {
      throw refused("refers to itself");
    }
    if (depth > DEEPEST) {
      throw refused("is nested deeper than " + DEEPEST + " levels");
    }
    Size size = sizes.get(name);
    if (size == null) {
      open.add(name);
      size = fields(record, depth);
      open.remove(name);
      sizes.put(name, size);
    }
    return size;
  }

  private Size fields(Schema record, int depth) throws Skip {
    var size = new Size(0, 0);
    for (Schema.Field field : record.getFields()) {
      size = size.and(size(field.schema(), depth));
      if (size.leaves > MOST_LEAVES) {
        throw refused("has more than " + MOST_LEAVES + " fields");
      }
    }
    return size.under();
  }

  private Size branches(Schema union, int depth) throws Skip {
    Size size = LEAF;
    for (Schema branch : union.getTypes()) {
      size = size.or(size(branch, depth));
    }
    return size.under();
  }

  private Skip refused(String why) {
    return new Skip(Reason.NO_SCHEMA, "schema " + id + " " + why);
  }
}
