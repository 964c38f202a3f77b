package io.weir.sink;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.lake.gold.GoldTable;
import io.weir.lake.table.LakeCatalog;
import io.weir.process.Settings;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.loop.TableFeeds;
import io.weir.sink.ops.SinkMetrics;
import java.time.Clock;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.catalog.Catalog;
import org.apache.kafka.clients.consumer.Consumer;

/** The parts of the service, for tests that step its loops by hand. */
public final class TestSink implements AutoCloseable {
  private final SinkConfig config;
  private final SinkFactory factory;

  TestSink(SinkConfig config, Clock clock, SinkMetrics metrics) {
    this.config = config;
    this.factory = new SinkFactory(config, clock, metrics);
  }

  /** Uses the settings of this process and creates no topics or tables. */
  public static TestSink ofProcess() {
    return new TestSink(
        SinkConfig.from(Settings.ofProcess()), Clock.systemUTC(), new SinkMetrics());
  }

  void provision() {
    factory.provision();
  }

  public Topics topics() {
    return config.topics();
  }

  /** Another connection; the caller closes it. */
  public Catalog catalog() {
    return LakeCatalog.connect(config.lake());
  }

  public TableFeeds feeds() {
    return factory.feeds();
  }

  public LoopParts parts(TableFeed feed, Catalog catalog) {
    return factory.parts(feed, catalog);
  }

  public <T extends SpecificRecordBase> LoopParts gold(
      GoldTable<T> table, Topic topic, AvroSerde<T> serde) {
    return factory.gold(table, topic, serde);
  }

  public Consumer<byte[], byte[]> consumer(String table) {
    return factory.consumer(table);
  }

  @Override
  public void close() {
    factory.close();
  }
}
