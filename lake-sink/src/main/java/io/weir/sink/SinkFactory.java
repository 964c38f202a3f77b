package io.weir.sink;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.lake.commit.CommitProtocol;
import io.weir.lake.commit.IcebergLedger;
import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeTables;
import io.weir.process.TopicProvisioner;
import io.weir.process.VisibleTopics;
import io.weir.process.trace.Tracing;
import io.weir.sink.gold.GoldWriter;
import io.weir.sink.gold.GroupOffsets;
import io.weir.sink.loop.AwaitedTopic;
import io.weir.sink.loop.BoundedConsumer;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.LoopStep;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.TableFeeds;
import io.weir.sink.loop.TopicIds;
import io.weir.sink.ops.LoopHealth;
import io.weir.sink.ops.SinkMetrics;
import io.weir.sink.write.RollPolicy;
import io.weir.sink.write.WriteBudget;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the parts of the loops, and creates the topics and tables that are missing. */
final class SinkFactory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkFactory.class);

  /** The bytes that each table's consumer fetches ahead, compressed as they were sent. */
  private static final int FETCHED = 8 << 20;

  /** The uncompressed bytes after which one poll takes no further record. */
  private static final long POLLED = 4L << 20;

  /**
   * The records of one poll of the raw topic. Records without key and value need this limit: Kafka
   * calls no deserializer for them, so their headers, perhaps megabytes, are not counted.
   */
  private static final String RAW_POLLED = "32";

  private final SinkConfig config;
  private final Clock clock;
  private final SinkMetrics metrics;
  private final Tracing tracing;
  private final TopicIds topicIds;
  private final List<GoldWriter<?>> goldWriters = new ArrayList<>();

  SinkFactory(SinkConfig config, Clock clock, SinkMetrics metrics) {
    this.config = config;
    this.clock = clock;
    this.metrics = metrics;
    this.tracing = Tracing.open(config.traceRatio(), "weir-lake-sink");
    this.topicIds = new TopicIds(config.kafka());
  }

  /**
   * Creates missing topics and tables. Fails with a message for the operator if Kafka, the
   * warehouse, PostgreSQL or the catalog cannot be used.
   */
  void provision() {
    TopicProvisioner.provision(config.kafka(), config.rights(), used(), LOG::warn);
    requireCells();
    Stores.ensure(config, clock, LOG::warn);
  }

  /** The topics of the tables that this instance fills, without gold's. */
  private List<Topic> used() {
    var used = new LinkedHashSet<Topic>();
    feeds(new WriteBudget(config.bufferSize())).all().stream()
        .filter(feed -> config.tables().has(feed.spec().fullName()))
        .forEach(feed -> used.add(feed.topic()));
    Map<GoldTable<?>, Topic> gold =
        Map.of(
            GoldTables.SESSION_METRICS, config.topics().sessions(),
            GoldTables.SESSION_SCORES, config.topics().scores(),
            GoldTables.CHALLENGER_SCORES, config.topics().challengerScores(),
            GoldTables.CLICK_SCORES, config.topics().clickScores(),
            GoldTables.SESSION_RETURN_SCORES, config.topics().returnScores(),
            GoldTables.IDENTITIES, config.topics().identities());
    gold.forEach((table, topic) -> {
      if (config.tables().has(table.fullName())) {
        used.add(topic);
      }
    });
    return List.copyOf(used);
  }

  /** Gold's topic may be missing as long as stream-app has not started, but not hidden. */
  private void requireCells() {
    if (config.tables().has(GoldTables.CELLS.fullName())) {
      try (Admin admin = config.kafka().admin()) {
        new VisibleTopics(admin, config.rights()).of(List.of(config.cells().name()));
      }
    }
  }

  TableFeeds feeds() {
    var budget = new WriteBudget(config.bufferSize());
    metrics.buffer(budget::held);
    return feeds(budget);
  }

  private TableFeeds feeds(WriteBudget budget) {
    return new TableFeeds(config.topics(), clock, budget);
  }

  LoopParts parts(TableFeed feed, Catalog catalog) {
    Table table = catalog.loadTable(feed.spec().identifier());
    String name = feed.spec().fullName();
    return new LoopParts(
        feed.topic().name(),
        feed.writer().apply(catalog, table),
        new CommitProtocol(new IcebergLedger(table)),
        config.roll(),
        clock,
        UUID::randomUUID,
        new LoopHealth(name),
        metrics.loop(name),
        config.acceptsLostOffsets(),
        () -> topicIds.of(feed.topic().name()),
        tracing);
  }

  <T extends SpecificRecordBase> LoopParts gold(
      GoldTable<T> table, Topic topic, AvroSerde<T> serde) {
    String name = table.fullName();
    var writer = new GoldWriter<>(table, config.postgres());
    goldWriters.add(writer);
    return new LoopParts(
        topic.name(),
        writer.batch(topic, serde),
        writer,
        RollPolicy.AT_ONCE,
        clock,
        UUID::randomUUID,
        new LoopHealth(name),
        metrics.loop(name),
        config.acceptsLostOffsets(),
        () -> topicIds.of(topic.name()),
        tracing);
  }

  /** A loop that starts when its topic exists. */
  LoopStep awaiting(LoopParts parts, LoopStep loop) {
    return new AwaitedTopic(parts, loop, () -> topicIds.exists(parts.topic()));
  }

  /**
   * Creates the consumer of a table. It has no start offset of its own: the loop seeks to the
   * table's offsets.
   */
  Consumer<byte[], byte[]> consumer(String table) {
    Map<String, Object> properties = config.kafka().properties();
    String group = GroupOffsets.group(config.prefix(), table);
    properties.put("group.id", group);
    properties.put("client.id", group + "-" + UUID.randomUUID());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "none");
    properties.put("allow.auto.create.topics", "false");
    properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    boolean isRaw = table.equals(LakeTables.RAW_EVENTS.name());
    properties.putIfAbsent("max.poll.records", isRaw ? RAW_POLLED : "2000");
    properties.putIfAbsent("fetch.max.bytes", Integer.toString(FETCHED));
    return new BoundedConsumer(properties, POLLED);
  }

  @Override
  public void close() {
    goldWriters.forEach(GoldWriter::close);
    topicIds.close();
    tracing.close();
  }
}
