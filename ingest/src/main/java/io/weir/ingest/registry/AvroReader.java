package io.weir.ingest.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.ingest.event.Skip;
import io.weir.ingest.event.Skip.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads the Avro of one schema. */
final class AvroReader implements FramedValues.Reader {
  private static final JsonFactory JSON = new JsonFactory();

  /** Avro's parser takes quadratic time for the records of a schema that name each other. */
  private static final int MOST_CHARACTERS = 256 << 10;

  static {
    // A few bytes can promise a list of two billion. Avro reads its limits when it is first used.
    limit("bytes.maxLength");
    limit("string.maxLength");
    limit("collectionItems.maxLength");
  }

  private final Schema schema;

  private AvroReader(Schema schema) {
    this.schema = schema;
  }

  private static void limit(String name) {
    String property = "org.apache.avro.limits." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, "" + (1 << 20));
    }
  }

  static AvroReader of(SchemaRegistry.Entry entry) throws Skip {
    Schema schema = parsed(entry);
    SchemaBounds.check(entry.id(), schema);
    return new AvroReader(schema);
  }

  private static Schema parsed(SchemaRegistry.Entry entry) throws Skip {
    if (entry.texts().stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
      throw new Skip(
          Reason.NO_SCHEMA,
          "schema " + entry.id() + " has more than " + MOST_CHARACTERS + " characters");
    }
    try {
      // Defaults are not used. To check those of records in records takes exponential time.
      var parser = new Schema.Parser().setValidateDefaults(false);
      for (String text : entry.texts().subList(0, entry.texts().size() - 1)) {
        parser.parse(text);
      }
      return parser.parse(entry.texts().getLast());
    } catch (AvroRuntimeException e) {
      throw new Skip(Reason.NO_SCHEMA, "schema " + entry.id() + ": " + e.getMessage());
    }
  }

  @Override
  public byte[] text(byte[] framed) throws Skip {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(framed, FramedValues.FRAME, framed.length - FramedValues.FRAME, null);
    var out = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      new AvroJson(decoder, json, out).write(schema);
    } catch (IOException
        | AvroRuntimeException
        | UnsupportedOperationException
        | IndexOutOfBoundsException e) {
      throw new Skip(Reason.NOT_AVRO, String.valueOf(e.getMessage()));
    }
    return out.toByteArray();
  }
}
