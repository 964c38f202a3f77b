package io.weir.ingest.registry;

import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Values in the frame of a schema registry, Avro or JSON. Others are text as they are. */
public final class FramedValues implements Values {
  static final int FRAME = 5;
  private static final int MOST_SCHEMAS = 10_000;

  private final SchemaRegistry registry;
  private final Map<Integer, Reader> readers = new HashMap<>();

  /** Reads what stands behind the frame. */
  interface Reader {
    byte[] text(byte[] framed) throws Skip;
  }

  public FramedValues(SchemaRegistry registry) {
    this.registry = registry;
  }

  @Override
  public byte[] text(byte[] value) throws Skip {
    if (!Values.isFramed(value)) {
      return value;
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    Reader reader = readers.get(id);
    if (reader == null) {
      reader = reader(id);
      if (readers.size() >= MOST_SCHEMAS) {
        readers.clear();
      }
      readers.put(id, reader);
    }
    return reader.text(value);
  }

  private Reader reader(int id) {
    try {
      SchemaRegistry.Entry entry = registry.schema(id);
      return switch (entry.type()) {
        case "AVRO" -> AvroReader.of(entry);
        case "JSON" -> value -> Arrays.copyOfRange(value, FRAME, value.length);
        default -> throw new Skip(Reason.NO_SCHEMA, "schema " + id + " is of type " + entry.type());
      };
    } catch (Skip skip) {
      // A producer of such records sends many: the registry is asked once.
      return _ -> {
        throw skip;
      };
    }
  }
}
