package io.weir.peers.flink;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Sinks of Parquet files, compressed with zstd; a file is complete with each checkpoint. */
final class ParquetFiles {
  private ParquetFiles() {}

  /** Copies an object into an Avro record of the file's schema. */
  private interface Mapper<T> extends Serializable {
    GenericRecord map(T value, Schema schema);
  }

  static FileSink<RawRecord> bronze(String folder) {
    Schema schema =
        SchemaBuilder.record("raw")
            .fields()
            .requiredString("key")
            .requiredBytes("value")
            .requiredInt("kafka_partition")
            .requiredLong("kafka_offset")
            .requiredLong("kafka_ts_ms")
            .endRecord();
    return sink(
        folder,
        schema,
        (raw, s) ->
            record(
                s, raw.key, ByteBuffer.wrap(raw.value), raw.partition, raw.offset, raw.appendTime));
  }

  static FileSink<ParsedClick> silver(String folder) {
    Schema product =
        SchemaBuilder.record("product")
            .fields()
            .requiredString("product_id")
            .requiredString("category")
            .requiredDouble("price")
            .requiredInt("quantity")
            .endRecord();
    var fields = SchemaBuilder.record("click").fields();
    for (String text :
        List.of(
            "event_id", "event_type", "user_id", "session_id", "url", "domain", "page_path",
            "referrer", "user_agent", "browser", "ip_address")) {
      fields = fields.requiredString(text);
    }
    Schema schema =
        fields
            .requiredLong("event_time_ms")
            .requiredInt("kafka_partition")
            .requiredLong("kafka_offset")
            .requiredLong("kafka_ts_ms")
            .name("products")
            .type()
            .array()
            .items(product)
            .noDefault()
            .endRecord();
    return sink(folder, schema, ParquetFiles::click);
  }

  static FileSink<SessionWindows.Row> sessions(String folder) {
    var fields = SchemaBuilder.record("session").fields().requiredString("user_id");
    for (String number :
        List.of(
            "session_start", "session_end", "first_event", "last_event", "events", "unique_pages",
            "add_to_cart", "purchases", "revenue_cents")) {
      fields = fields.requiredLong(number);
    }
    return sink(
        folder,
        fields.endRecord(),
        (row, s) ->
            record(
                s,
                row.userId,
                row.start,
                row.end,
                row.first,
                row.last,
                row.events,
                row.uniquePages,
                row.addToCart,
                row.purchases,
                row.revenueCents));
  }

  private static GenericRecord click(ParsedClick click, Schema schema) {
    Schema product = schema.getField("products").schema().getElementType();
    var products = new ArrayList<GenericRecord>(click.products.length);
    for (ParsedClick.Product each : click.products) {
      products.add(record(product, each.id, each.category, each.price, each.quantity));
    }
    return record(
        schema,
        click.eventId,
        click.eventType,
        click.userId,
        click.sessionId,
        click.url,
        click.domain,
        click.pagePath,
        click.referrer,
        click.userAgent,
        click.browser,
        click.ipAddress,
        click.eventTime,
        click.partition,
        click.offset,
        click.appendTime,
        products);
  }

  private static GenericRecord record(Schema schema, Object... values) {
    var record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i++) {
      record.put(i, values[i]);
    }
    return record;
  }

  /** The schema travels as text: a lambda that holds a Schema could not be sent to the workers. */
  private static <T> FileSink<T> sink(String folder, Schema schema, Mapper<T> mapper) {
    String text = schema.toString();
    var parquet =
        new ParquetWriterFactory<GenericRecord>(
            file ->
                AvroParquetWriter.<GenericRecord>builder(file)
                    .withSchema(new Schema.Parser().parse(text))
                    .withDataModel(GenericData.get())
                    .withCompressionCodec(CompressionCodecName.ZSTD)
                    .build());
    BulkWriter.Factory<T> writers =
        stream -> new MappingWriter<>(parquet.create(stream), new Schema.Parser().parse(text), mapper);
    return FileSink.forBulkFormat(new Path("file://" + folder), writers)
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .build();
  }

  /** Maps objects to records just before they are written. */
  private record MappingWriter<T>(BulkWriter<GenericRecord> to, Schema schema, Mapper<T> mapper)
      implements BulkWriter<T> {
    @Override
    public void addElement(T value) throws IOException {
      to.addElement(mapper.map(value, schema));
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }

    @Override
    public void finish() throws IOException {
      to.finish();
    }
  }
}
