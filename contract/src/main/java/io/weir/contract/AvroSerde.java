package io.weir.contract;

import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro single-object encoding: two magic bytes, the schema's fingerprint, the record. A record that
 * was written with any schema under {@code schemas/} is read as the current one.
 */
public final class AvroSerde<T extends SpecificRecordBase> implements Serde<T> {
  static {
    // Avro instantiates only trusted classes: Weir's records are added to those it trusts already.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.getPackage() == EnrichedEvent.class.getPackage()));
  }

  private final byte[] header;
  private final DatumWriter<T> writer;
  private final BinaryMessageDecoder<T> decoder;
  private final ThreadLocal<RecordEncoder> encoders = ThreadLocal.withInitial(RecordEncoder::new);

  private AvroSerde(Schema schema, String history) {
    var model = new SpecificData(AvroSerde.class.getClassLoader());
    // Generated code writes the fields, which is faster than a walk over the schema.
    model.setCustomCoders(true);
    this.header = header(schema);
    this.writer = new SpecificDatumWriter<>(schema, model);
    this.decoder = new BinaryMessageDecoder<>(model, schema);
    SchemaHistory.of(history).forEach(decoder::addSchema);
  }

  public static AvroSerde<EnrichedEvent> enrichedEvent() {
    return new AvroSerde<>(EnrichedEvent.getClassSchema(), "enriched_event");
  }

  public static AvroSerde<Session> session() {
    return new AvroSerde<>(Session.getClassSchema(), "session");
  }

  public static AvroSerde<Score> score() {
    return new AvroSerde<>(Score.getClassSchema(), "score");
  }

  public static AvroSerde<ClickScore> clickScore() {
    return new AvroSerde<>(ClickScore.getClassSchema(), "click_score");
  }

  public static AvroSerde<ReturnScore> returnScore() {
    return new AvroSerde<>(ReturnScore.getClassSchema(), "return_score");
  }

  public static AvroSerde<Identity> identity() {
    return new AvroSerde<>(Identity.getClassSchema(), "identity");
  }

  public static AvroSerde<GoldCell> goldCell() {
    return new AvroSerde<>(GoldCell.getClassSchema(), "gold_cell");
  }

  public static AvroSerde<RejectedRecord> rejected() {
    return new AvroSerde<>(RejectedRecord.getClassSchema(), "rejected");
  }

  public byte @Nullable [] serialize(String topic, @Nullable T data) {
    if (data == null) {
      return null;
    }
    RecordEncoder encoder = encoders.get();
    encoder.reset();
    encoder.writeFixed(header, 0, header.length);
    try {
      writer.write(data, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return encoder.toBytes();
  }

  /** Two magic bytes and the schema's fingerprint, as Avro's specification of the encoding says. */
  private static byte[] header(Schema schema) {
    return ByteBuffer.allocate(2 + Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xc3)
        .put((byte) 1)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  public @Nullable T deserialize(String topic, byte @Nullable [] data) {
    if (data == null) {
      return null;
    }
    try {
      return decoder.decode(data);
    } catch (IOException | AvroRuntimeException e) {
      throw new SerializationException("a record of " + topic + " is not readable: " + e, e);
    }
  }

  @Override
  public Serializer<T> serializer() {
    return this::serialize;
  }

  @Override
  public Deserializer<T> deserializer() {
    return this::deserialize;
  }

  @Override
  public void close() {
    encoders.remove();
  }
}
