package io.weir.sink;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.avro.GoldCell;
import io.weir.http.WebServer;
import io.weir.lake.gold.GoldTable;
import io.weir.lake.gold.GoldTables;
import io.weir.lake.table.LakeCatalog;
import io.weir.sink.gold.GoldRetention;
import io.weir.sink.loop.LoopParts;
import io.weir.sink.loop.LoopRunner;
import io.weir.sink.loop.LoopStep;
import io.weir.sink.loop.SinkLoop;
import io.weir.sink.loop.TableFeed;
import io.weir.sink.maintenance.LakeBook;
import io.weir.sink.maintenance.Maintenance;
import io.weir.sink.maintenance.MaintenanceSchedule;
import io.weir.sink.maintenance.ModelBook;
import io.weir.sink.ops.LocalDisk;
import io.weir.sink.ops.LoopHealth;
import io.weir.sink.ops.SinkMetrics;
import io.weir.sink.ops.SinkOperations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: all loops and the HTTP server. */
final class SinkService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkService.class);

  /** How often the state of the lake is written for the page. */
  private static final Duration BOOK_INTERVAL = Duration.ofSeconds(30);

  private final SinkConfig config;
  private final Clock clock;
  private final SinkFactory factory;
  private final SinkMetrics metrics = new SinkMetrics();
  private final List<LoopRunner> runners = new ArrayList<>();
  private final List<LoopHealth> health = new ArrayList<>();
  private final List<Catalog> catalogs = new ArrayList<>();
  private @Nullable WebServer server;
  private @Nullable MaintenanceSchedule schedule;
  private @Nullable LakeBook book;
  private @Nullable ModelBook models;

  SinkService(SinkConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.factory = new SinkFactory(config, clock, metrics);
  }

  synchronized void start() {
    factory.provision();
    addLake();
    addGold();
    var maintenance = new LoopHealth("maintenance");
    health.add(maintenance);
    measure();
    WebServer started = WebServer.of(config.listen(), new SinkOperations(health, metrics));
    server = started;
    started.start();
    runners.forEach(LoopRunner::start);
    schedule =
        new MaintenanceSchedule(
            Maintenance.of(catalog(), config.maintenance(), clock),
            new GoldRetention(config.postgres(), config.kept()),
            config.maintenanceInterval(),
            maintenance,
            metrics::maintenanceFailed);
    schedule.start();
    book = new LakeBook(catalog(), config.postgres(), BOOK_INTERVAL);
    book.start();
    models = new ModelBook(config.postgres(), metrics.models(), BOOK_INTERVAL);
    models.start();
    LOG.info("Ready on port {}: {} into {}", started.port(), config.kafka(), config.lake());
  }

  private void addGold() {
    addGold(GoldTables.SESSION_METRICS, config.topics().sessions(), AvroSerde.session());
    addGold(GoldTables.SESSION_SCORES, config.topics().scores(), AvroSerde.score());
    addGold(GoldTables.CHALLENGER_SCORES, config.topics().challengerScores(), AvroSerde.score());
    addGold(GoldTables.CLICK_SCORES, config.topics().clickScores(), AvroSerde.clickScore());
    addGold(
        GoldTables.SESSION_RETURN_SCORES, config.topics().returnScores(), AvroSerde.returnScore());
    addGold(GoldTables.IDENTITIES, config.topics().identities(), AvroSerde.identity());
    addCells();
  }

  private void addLake() {
    for (TableFeed feed : factory.feeds().all()) {
      if (!config.tables().has(feed.spec().fullName())) {
        continue;
      }
      LoopParts parts = factory.parts(feed, catalog());
      add(parts.health(), new SinkLoop(parts, factory.consumer(feed.spec().name())));
    }
  }

  private void measure() {
    metrics.process(LocalDisk.of(config.lake().warehouse()));
    health.forEach(metrics::health);
    MaintenanceSchedule.names().forEach(metrics::maintained);
  }

  /**
   * Opens one catalog per loop. With a shared catalog all loops would wait when one of them gets no
   * answer.
   */
  private Catalog catalog() {
    Catalog opened = LakeCatalog.connect(config.lake());
    catalogs.add(opened);
    return opened;
  }

  private <T extends SpecificRecordBase> void addGold(
      GoldTable<T> table, Topic topic, AvroSerde<T> serde) {
    if (!config.tables().has(table.fullName())) {
      return;
    }
    LoopParts parts = factory.gold(table, topic, serde);
    add(parts.health(), new SinkLoop(parts, factory.consumer(table.view())));
  }

  private void addCells() {
    GoldTable<GoldCell> table = GoldTables.CELLS;
    if (config.tables().has(table.fullName())) {
      LoopParts parts = factory.gold(table, config.cells(), AvroSerde.goldCell());
      var loop = new SinkLoop(parts, factory.consumer(table.view()));
      add(parts.health(), factory.awaiting(parts, loop));
    }
  }

  private void add(LoopHealth loop, LoopStep step) {
    health.add(loop);
    runners.add(new LoopRunner(loop, step));
  }

  int port() {
    return server == null ? config.listen().port() : server.port();
  }

  /** Commits the open rows of all loops in parallel, then stops. */
  @Override
  public synchronized void close() {
    runners.forEach(LoopRunner::stop);
    if (schedule != null) {
      schedule.close();
      schedule = null;
    }
    if (book != null) {
      book.close();
      book = null;
    }
    if (models != null) {
      models.close();
      models = null;
    }
    runners.forEach(LoopRunner::close);
    runners.clear();
    factory.close();
    if (server != null) {
      server.close();
      server = null;
    }
    catalogs.forEach(LakeCatalog::close);
    catalogs.clear();
  }
}
