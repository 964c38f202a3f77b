package io.weir.contract;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.RejectedRecord;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro single-object encoding: two magic bytes, the schema's fingerprint, the record. Records
 * written with any schema ever stored under {@code schemas/} are read as the current one.
 */
public final class AvroSerde<T extends SpecificRecordBase> implements Serde<T> {
  static {
    // Avro instantiates only classes it was told to trust: ours, beside what it trusts already.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            type -> type.getPackage() == EnrichedEvent.class.getPackage()));
  }

  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;
  private final ThreadLocal<ByteArrayOutputStream> buffers =
      ThreadLocal.withInitial(() -> new ByteArrayOutputStream(1024));

  private AvroSerde(Schema schema, String history) {
    var model = new SpecificData(AvroSerde.class.getClassLoader());
    // Generated code writes the fields instead of a walk over the schema.
    model.setCustomCoders(true);
    this.encoder = new BinaryMessageEncoder<>(model, schema);
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

  public static AvroSerde<Identity> identity() {
    return new AvroSerde<>(Identity.getClassSchema(), "identity");
  }

  public static AvroSerde<RejectedRecord> rejected() {
    return new AvroSerde<>(RejectedRecord.getClassSchema(), "rejected");
  }

  public byte @Nullable [] serialize(String topic, @Nullable T data) {
    if (data == null) {
      return null;
    }
    ByteArrayOutputStream buffer = buffers.get();
    buffer.reset();
    try {
      encoder.encode(data, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
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
    buffers.remove();
  }
}
