package io.weir.sink.write;

import static java.util.Objects.requireNonNull;

import io.weir.contract.AvroSerde;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Maps records of the contract to rows of their table. Nearly all bytes were written with the
 * current schema and become a row directly. Others are first encoded again with the current schema.
 */
public final class AvroRows<T extends SpecificRecordBase> implements RowMapper {
  private final AvroSerde<T> serde;
  private final RowReader reader;
  private final byte[] header;
  private @Nullable BinaryDecoder decoder;

  public AvroRows(AvroSerde<T> serde, Schema record, Table table, Set<String> times) {
    this(serde, record, AvroSchemaUtil.convert(table.schema(), table.name()), times);
  }

  /** Creates a mapper to rows of the given columns. Other fields are skipped. */
  AvroRows(AvroSerde<T> serde, Schema record, Schema row, Set<String> times) {
    this.serde = serde;
    this.reader = new RowReader(record, row, times);
    this.header = header(record);
  }

  /** The header of Avro's single-object encoding: two magic bytes and the schema's fingerprint. */
  private static byte[] header(Schema record) {
    return ByteBuffer.allocate(2 + Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xc3)
        .put((byte) 1)
        .putLong(SchemaNormalization.parsingFingerprint64(record))
        .array();
  }

  @Override
  public TableRow map(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return read(record, value != null && isOfToday(value) ? value : encoded(decode(record)));
  }

  private boolean isOfToday(byte[] value) {
    return value.length >= header.length
        && Arrays.equals(value, 0, header.length, header, 0, header.length);
  }

  private TableRow read(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    BinaryDecoder in =
        DecoderFactory.get()
            .binaryDecoder(value, header.length, value.length - header.length, decoder);
    decoder = in;
    try {
      return reader.read(in);
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new UnreadableRecordException(record, e.toString());
    }
  }

  T decode(ConsumerRecord<byte[], byte[]> record) {
    return decode(serde, record);
  }

  /** Decodes a record of the contract, written with any known version of its schema. */
  public static <T extends SpecificRecordBase> T decode(
      AvroSerde<T> serde, ConsumerRecord<byte[], byte[]> record) {
    T decoded;
    try {
      decoded = serde.deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      throw new UnreadableRecordException(record, String.valueOf(e.getMessage()));
    }
    if (decoded == null) {
      throw new UnreadableRecordException(record, "it has no value");
    }
    return decoded;
  }

  private byte[] encoded(T decoded) {
    return requireNonNull(serde.serialize("", decoded));
  }
}
