package io.weir.ingest.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads the Avro of one schema. */
final class AvroReader implements FramedValues.Reader {
  private static final JsonFactory JSON = new JsonFactory();

  static {
    // A few bytes can promise a list of two billion. Avro reads its limits when it is first used.
    limit("bytes.maxLength");
    limit("string.maxLength");
    limit("collectionItems.maxLength");
  }

  private final Schema schema;
  private final GenericDatumReader<Object> reader;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);

  private AvroReader(Schema schema) {
    this.schema = schema;
    this.reader = new GenericDatumReader<>(schema);
  }

  private static void limit(String name) {
    String property = "org.apache.avro.limits." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, "" + (1 << 20));
    }
  }

  static AvroReader of(SchemaRegistry.Entry entry) throws Skip {
    try {
      var parser = new Schema.Parser();
      Schema schema = null;
      for (String text : entry.texts()) {
        schema = parser.parse(text);
      }
      if (schema == null || isRecursive(schema, new HashSet<>())) {
        throw new Skip(Reason.NO_SCHEMA, "schema " + entry.id() + " refers to itself");
      }
      return new AvroReader(schema);
    } catch (AvroRuntimeException e) {
      throw new Skip(Reason.NO_SCHEMA, "schema " + entry.id() + ": " + e.getMessage());
    }
  }

  /** Such a schema has values of any depth, which a reader that calls itself cannot bound. */
  private static boolean isRecursive(Schema schema, Set<String> open) {
    return switch (schema.getType()) {
      case RECORD -> {
        if (!open.add(schema.getFullName())) {
          yield true;
        }
        boolean isRecursive =
            schema.getFields().stream().anyMatch(field -> isRecursive(field.schema(), open));
        open.remove(schema.getFullName());
        yield isRecursive;
      }
      case ARRAY -> isRecursive(schema.getElementType(), open);
      case MAP -> isRecursive(schema.getValueType(), open);
      case UNION -> schema.getTypes().stream().anyMatch(each -> isRecursive(each, open));
      default -> false;
    };
  }

  @Override
  public byte[] text(byte[] framed) throws Skip {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(framed, FramedValues.FRAME, framed.length - FramedValues.FRAME, null);
    out.reset();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      new AvroJson(json).write(reader.read(null, decoder), schema);
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException e) {
      throw new Skip(Reason.NOT_AVRO, String.valueOf(e.getMessage()));
    }
    return out.toByteArray();
  }
}
