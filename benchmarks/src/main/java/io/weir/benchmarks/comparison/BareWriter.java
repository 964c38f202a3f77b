package io.weir.benchmarks.comparison;

import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.measure.RunLine;
import io.weir.contract.AvroSerde;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.process.KafkaConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/**
 * The program lake-sink is measured against: a loop that reads a topic once and writes its rows
 * into one Parquet file with parquet-avro, and does nothing else.
 */
final class BareWriter {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long MICROS = 1_000;

  private final KafkaConnection kafka;
  private final String topic;
  private final RowSource rows;

  private BareWriter(KafkaConnection kafka, String topic, RowSource rows) {
    this.kafka = kafka;
    this.topic = topic;
    this.rows = rows;
  }

  private interface RowSource {
    Schema schema();

    IndexedRecord of(ConsumerRecord<byte[], byte[]> record);
  }

  /** {@code bronze|silver BROKER TOPIC FILE}. */
  public static void main(String[] arguments) throws IOException {
    var kafka = new KafkaConnection(arguments[1], Map.of());
    RowSource rows = arguments[0].equals("bronze") ? new RawRowSource() : new EventRowSource();
    System.out.println(
        new BareWriter(kafka, arguments[2], rows).write(arguments[0], Path.of(arguments[3])));
  }

  private RunLine write(String job, Path file) throws IOException {
    Files.deleteIfExists(file);
    var self = new ProcessUsage(ProcessHandle.current().pid());
    long count;
    double cpuBefore;
    long start;
    try (var consumer =
            new KafkaConsumer<>(
                properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        ParquetWriter<IndexedRecord> writer = writer(file)) {
      Map<TopicPartition, Long> ends = fromBeginning(consumer);
      start = System.nanoTime();
      cpuBefore = self.cpuSeconds();
      count = copy(consumer, ends, writer);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = self.cpuSeconds() - cpuBefore;
    var figures = new LinkedHashMap<String, String>();
    figures.put("events", Long.toString(count));
    figures.put("seconds", RunLine.rounded(seconds, 2));
    figures.put("events_per_s", RunLine.rounded(count / seconds, 0));
    figures.put("cpu_s", RunLine.rounded(cpu, 1));
    figures.put("events_per_cpu_s", RunLine.rounded(count / cpu, 0));
    figures.put("mb", RunLine.rounded(Files.size(file) / 1e6, 1));
    figures.put("maxrss_mb", Long.toString(self.peakMegabytes()));
    return new RunLine("bare", job, figures);
  }

  /** Returns where the topic ends. */
  private Map<TopicPartition, Long> fromBeginning(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer.endOffsets(partitions);
  }

  private long copy(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      ParquetWriter<IndexedRecord> writer)
      throws IOException {
    long count = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        writer.write(rows.of(record));
        count++;
      }
    }
    return count;
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = kafka.properties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.records", "5000");
    properties.put("fetch.min.bytes", "262144");
    properties.put("max.partition.fetch.bytes", "4194304");
    return properties;
  }

  private ParquetWriter<IndexedRecord> writer(Path file) throws IOException {
    return AvroParquetWriter.<IndexedRecord>builder(new LocalOutputFile(file))
        .withSchema(rows.schema())
        .withDataModel(SpecificData.get())
        .withConf(new PlainParquetConfiguration())
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupSize(16L << 20)
        .build();
  }

  private static final class EventRowSource implements RowSource {
    private final AvroSerde<EnrichedEvent> serde = AvroSerde.enrichedEvent();

    @Override
    public Schema schema() {
      return EnrichedEvent.getClassSchema();
    }

    @Override
    public IndexedRecord of(ConsumerRecord<byte[], byte[]> record) {
      EnrichedEvent event = serde.deserialize(record.topic(), record.value());
      if (event == null) {
        throw new IllegalStateException("no event at " + record.offset());
      }
      return event;
    }
  }

  private static final class RawRowSource implements RowSource {
    private static final Schema TIME =
        LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    private static final Schema HEADER =
        SchemaBuilder.record("header")
            .fields()
            .requiredString("key")
            .optionalBytes("value")
            .endRecord();
    private static final Schema ROW =
        SchemaBuilder.record("raw_event")
            .fields()
            .optionalBytes("key")
            .optionalBytes("value")
            .name("headers")
            .type()
            .array()
            .items(HEADER)
            .noDefault()
            .requiredString("topic")
            .requiredInt("partition")
            .requiredLong("offset")
            .name("append_time")
            .type(TIME)
            .noDefault()
            .name("ingest_time")
            .type(TIME)
            .noDefault()
            .endRecord();

    @Override
    public Schema schema() {
      return ROW;
    }

    /** The topic's records have no headers. */
    @Override
    public IndexedRecord of(ConsumerRecord<byte[], byte[]> record) {
      GenericRecord row = new GenericData.Record(ROW);
      int column = 0;
      row.put(column++, ByteBuffer.wrap(record.key()));
      row.put(column++, ByteBuffer.wrap(record.value()));
      row.put(column++, List.of());
      row.put(column++, record.topic());
      row.put(column++, record.partition());
      row.put(column++, record.offset());
      row.put(column++, record.timestamp() * MICROS);
      row.put(column, System.currentTimeMillis() * MICROS);
      return row;
    }
  }
}
