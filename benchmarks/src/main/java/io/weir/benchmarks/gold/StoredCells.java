package io.weir.benchmarks.gold;

import io.weir.contract.AvroSerde;
import io.weir.contract.GoldKey;
import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The changelog of a stream-app that has counted sessions for 30 days: cells of days by country and
 * by city, of people and robots, in each partition.
 *
 * @param end the day after the last one
 * @param cities the number of cities
 */
record StoredCells(LocalDate end, int cities) {
  static final int PARTITIONS = 12;
  static final int DAYS = 30;
  private static final int COUNTRIES = 30;

  /** About so many cells. */
  static StoredCells ofAbout(int cells, LocalDate end) {
    return new StoredCells(end, Math.max(1, cells / (PARTITIONS * DAYS * 2) - COUNTRIES));
  }

  int count() {
    return PARTITIONS * DAYS * 2 * (COUNTRIES + cities);
  }

  /** Makes the topic. */
  static void create(KafkaConnection kafka, String topic) throws InterruptedException {
    try (Admin admin = kafka.admin()) {
      var compacted = new NewTopic(topic, PARTITIONS, (short) 1);
      admin
          .createTopics(List.of(compacted.configs(Map.of("cleanup.policy", "compact"))))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new StartupException(topic + " cannot be made: " + e.getCause(), e);
    }
  }

  /**
   * Writes all cells.
   *
   * @param version of each; their sums grow with it
   */
  void write(KafkaConnection kafka, String topic, int version) {
    Map<String, Object> properties = kafka.properties();
    properties.put("compression.type", "lz4");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        write(producer, topic, partition, version);
      }
    }
  }

  private void write(
      KafkaProducer<byte[], byte[]> producer, String topic, int partition, int version) {
    AvroSerde<GoldCell> serde = AvroSerde.goldCell();
    for (int day = 1; day <= DAYS; day++) {
      long start = end.minusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      for (int i = 0; i < 2 * (COUNTRIES + cities); i++) {
        boolean isCountry = i / 2 < COUNTRIES;
        var key =
            new GoldKey(
                Subject.SESSIONS,
                Grain.DAY,
                isCountry ? Dimension.COUNTRY : Dimension.CITY,
                i % 2 == 1,
                start,
                isCountry ? country(i / 2) : "City " + i / 2);
        var _ =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    partition,
                    key.bytes(),
                    serde.serialize(topic, cell(key, partition, version))));
      }
    }
  }

  private static String country(int number) {
    return "" + (char) ('A' + number / 6) + (char) ('A' + number % 6);
  }

  private static GoldCell cell(GoldKey key, int partition, int version) {
    int size = version + Math.floorMod(key.value().hashCode(), 1000) / (key.isBot() ? 20 : 1);
    return GoldCell.newBuilder()
        .setSubject(key.subject().code())
        .setGrain(key.grain().code())
        .setBucketStart(key.bucketStart())
        .setIsBot(key.isBot())
        .setDimension(key.dimension().code())
        .setValue(key.value())
        .setPartition(partition)
        .setVersion(version)
        .setSessions(size)
        .setConvertedSessions(size / 10)
        .setBouncedSessions(size / 3)
        .setCartSessions(size / 5)
        .setAbandonedSessions(size / 8)
        .setDurationMs(size * 181_234L)
        .setEvents(size * 8L)
        .setPageViews(size * 5L)
        .setProductViews(size * 2L)
        .setPurchases(size / 10)
        .setQuantity(size / 6)
        .setRevenue(Map.of("EUR", size + ".99"))
        .build();
  }
}
