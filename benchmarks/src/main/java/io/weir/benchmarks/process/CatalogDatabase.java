package io.weir.benchmarks.process;

import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.server.Postmaster;
import io.weir.process.StartupException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The PostgreSQL that holds the catalog of the lake, as the project's launcher starts it. */
public final class CatalogDatabase implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Platform platform;

  private CatalogDatabase(Platform platform) {
    this.platform = platform;
  }

  /** Starts the database with its data in the folder; returns when it answers. */
  public static CatalogDatabase start(Home home) throws InterruptedException {
    var database = new CatalogDatabase(new Platform(ProjectFolder.catalogue(home, Map.of())));
    Runtime.getRuntime().addShutdownHook(new Thread(database::close, "end-database"));
    try {
      database.platform.awaitReady(
          database.platform.start(Service.POSTGRES), Service.POSTGRES, PATIENCE);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The settings of a client of this database. */
  public Map<String, String> settings() {
    return Map.of(
        "WEIR_POSTGRES_URL", platform.catalogue().postgresUrl(), "WEIR_POSTGRES_USER", "weir");
  }

  /** CPU time of all server processes. They are no children of the process that started them. */
  public double cpuSeconds() {
    try {
      long pid =
          new Postmaster(platform.catalogue().home().postgres())
              .running()
              .orElseThrow(() -> new StartupException("PostgreSQL has ended"))
              .pid();
      return new ProcessUsage(pid).cpuSecondsOfAll();
    } catch (IOException e) {
      throw new StartupException("the pid of PostgreSQL cannot be read: " + e, e);
    }
  }

  @Override
  public void close() {
    platform.close();
  }
}
