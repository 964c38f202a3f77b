package io.weir.benchmarks.process;

import io.weir.benchmarks.measure.ProcessUsage;

import io.weir.process.StartupException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL that holds the catalog, as the project's launcher starts it. */
public final class CatalogDatabase implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final long POLL_MILLIS = 100;

  private final BenchProcess process;
  private final Path folder;
  private final int port;

  private CatalogDatabase(BenchProcess process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  public static CatalogDatabase start(Path folder) throws InterruptedException {
    int port = Program.freePort();
    Path data = folder.resolve("postgres");
    var program =
        new Program(
            "local",
            "io.weir.local.server.PostgresMain",
            List.of("-Xmx64m", "-Dlogback.configurationFile=logback-server.xml"),
            List.of(data.toString(), Integer.toString(port)));
    Path log = folder.resolve("postgres.log");
    var database = new CatalogDatabase(BenchProcess.start(program, Map.of(), log), data, port);
    database.awaitStart(log);
    return database;
  }

  /** It says so when the role and the database of lake-sink are there. */
  private void awaitStart(Path log) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!BenchProcess.lines(log).anyMatch(line -> line.startsWith("PostgreSQL listens"))) {
      process.check();
      if (System.nanoTime() > deadline) {
        throw new StartupException("PostgreSQL did not start, see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  public Map<String, String> settings() {
    return Map.of(
        "WEIR_POSTGRES_URL",
        "jdbc:postgresql://127.0.0.1:" + port + "/weir",
        "WEIR_POSTGRES_USER",
        "weir");
  }

  /** All its servers. They are no children of its launcher any more. */
  public double cpuSeconds() {
    String first = BenchProcess.lines(folder.resolve("postmaster.pid")).findFirst().orElseThrow();
    return new ProcessUsage(Long.parseLong(first.strip())).cpuSecondsOfAll();
  }

  @Override
  public void close() {
    process.close();
  }
}
