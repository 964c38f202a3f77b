package io.weir.sink;

import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeTables;
import io.weir.lake.table.TableProvisioner;
import io.weir.sink.gold.GoldProvisioner;
import io.weir.sink.gold.GroupOffsets;
import io.weir.sink.gold.PostgresClock;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;

/** What is written to beside Kafka: the tables of PostgreSQL and of the lake. */
final class Stores {
  private Stores() {}

  /**
   * Brings both to this version, one instance after the other. Fails with a message for the
   * operator if the warehouse, PostgreSQL or the catalog cannot be used.
   *
   * @param warnings gets a line if this machine's clock is wrong
   */
  static void ensure(SinkConfig config, Clock clock, Consumer<String> warnings) {
    LakeCatalog.checkWarehouse(config.lake());
    config
        .postgres()
        .alone(connection -> {
          PostgresClock.complaint(connection, clock).ifPresent(warnings);
          GoldProvisioner.ensure(
              connection, config.postgres(), new GroupOffsets(config.kafka(), config.prefix()));
          ensureTables(config);
        });
  }

  private static void ensureTables(SinkConfig config) {
    Catalog catalog = LakeCatalog.connect(config.lake());
    try {
      var provisioner = new TableProvisioner(catalog);
      List<Table> tables = LakeTables.all().stream().map(provisioner::ensure).toList();
      LakeCatalog.checkTable(config.lake(), tables.getFirst());
    } finally {
      LakeCatalog.close(catalog);
    }
  }
}
