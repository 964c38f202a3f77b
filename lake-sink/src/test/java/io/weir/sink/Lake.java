package io.weir.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.lake.gold.Postgres;
import io.weir.lake.table.LakeCatalog;
import io.weir.lake.table.LakeLocation;
import io.weir.lake.table.TableSpec;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.sink.ops.SinkMetrics;
import io.weir.testkit.Gate;
import io.weir.testkit.RealBroker;
import io.weir.testkit.RealPostgres;
import io.weir.testkit.TransactionMarkers;
import io.weir.tools.sql.LakeSqlCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A lake of its own for one test: topics with their prefix, a database, a warehouse. */
public final class Lake implements AutoCloseable {
  /** A running service; closing it stops the service. */
  @FunctionalInterface
  public interface Running extends AutoCloseable {
    @Override
    void close();
  }

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Catalog> catalogs = new ArrayList<>();
  private final List<TestSink> factories = new ArrayList<>();
  private final Map<String, String> environment;
  private final Gate database;
  private final Runnable migration;
  private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

  private Lake(Map<String, String> environment, Gate database, Runnable migration) {
    this.environment = environment;
    this.database = database;
    this.migration = migration;
    Map<String, Object> properties = KafkaConnection.from(Settings.of(environment)).properties();
    properties.put("linger.ms", 0); // most records are sent one by one, and awaited
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static Lake create(
      RealBroker broker, RealPostgres postgres, MigratedDatabase migrated, Path folder) {
    String name = "lake" + NUMBERS.incrementAndGet();
    try (var connection = DriverManager.getConnection(postgres.url(), "postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    var gate = new Gate(postgres.port());
    var environment = new HashMap<String, String>();
    environment.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("WEIR_TOPIC_PREFIX", name);
    environment.put("WEIR_TOPIC_PARTITIONS", "4");
    environment.put("WEIR_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:" + gate.port() + "/" + name);
    environment.put("WEIR_POSTGRES_USER", "postgres");
    environment.put("WEIR_POSTGRES_PASSWORD", "postgres");
    environment.put("WEIR_SINK_WAREHOUSE", folder.resolve(name + " warehouse").toString());
    environment.put("WEIR_SINK_PORT", "0");
    environment.put("WEIR_SINK_ROLL_INTERVAL", "100ms");
    return new Lake(environment, gate, () -> migrated.copyTo(name));
  }

  /** The gate in front of PostgreSQL. */
  public Gate database() {
    return database;
  }

  /** The settings another process needs to work in this lake. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Sets a variable for everything that starts later. */
  public void set(String name, String value) {
    environment.put(name, value);
  }

  SinkConfig config(String... settings) {
    var all = new HashMap<>(environment);
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return SinkConfig.from(Settings.of(all));
  }

  public Topics topics() {
    return config().topics();
  }

  /** The topic of gold's cells, which no test finds until it creates it. */
  public Topic cells() {
    return config().cells();
  }

  public KafkaConnection kafka() {
    return config().kafka();
  }

  public Postgres postgres() {
    return config().postgres();
  }

  public LakeLocation location() {
    return config().lake();
  }

  public String prefix() {
    return config().prefix();
  }

  /** Creates all topics and tables, and returns a factory of loops. */
  public TestSink factory(Clock clock, String... settings) {
    return provisioned(new TestSink(config(settings), clock, new SinkMetrics()));
  }

  /** Returns a factory of loops that count in the given metrics. */
  public TestSink factory(SinkMetrics metrics) {
    return provisioned(new TestSink(config(), Clock.systemUTC(), metrics));
  }

  /** Starts the whole service. */
  public Running serve() {
    var service = new SinkService(config(), Clock.systemUTC());
    service.start();
    return service::close;
  }

  private TestSink provisioned(TestSink factory) {
    factories.add(factory);
    migration.run();
    factory.provision();
    return factory;
  }

  public Catalog catalog() {
    Catalog catalog = LakeCatalog.connect(location());
    catalogs.add(catalog);
    return catalog;
  }

  public Table table(TableSpec spec) {
    return catalog().loadTable(spec.identifier());
  }

  public void produce(Topic topic, int partition, byte[]... values) {
    for (byte[] value : values) {
      sendSoon(topic, partition, value);
    }
    flush();
  }

  public void produceKeyed(Topic topic, String key, byte @Nullable [] value) {
    send(new ProducerRecord<>(topic.name(), key.getBytes(UTF_8), value));
  }

  /** Sends a transaction to partition 0, commits or aborts it, and waits for its marker. */
  public void transaction(Topic topic, boolean isCommitted, byte[] value) {
    Map<String, Object> properties = KafkaConnection.from(Settings.of(environment)).properties();
    properties.put("transactional.id", topic.name());
    try (var transactional =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      transactional.initTransactions();
      transactional.beginTransaction();
      transactional.send(new ProducerRecord<>(topic.name(), 0, null, value)).get();
      if (isCommitted) {
        transactional.commitTransaction();
      } else {
        transactional.abortTransaction();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    try (Admin admin = KafkaConnection.from(Settings.of(environment)).admin()) {
      TransactionMarkers.await(admin, List.of(new TopicPartition(topic.name(), 0)));
    }
  }

  /** Sends without waiting; {@link #flush} waits for all. */
  public void sendSoon(Topic topic, int partition, byte[] value) {
    sendSoon(new ProducerRecord<>(topic.name(), partition, null, value));
  }

  /** Sends without waiting; {@link #flush} waits for all. */
  public void sendSoon(ProducerRecord<byte[], byte[]> record) {
    var _ =
        producer.send(
            record,
            (_, failure) -> {
              if (failure != null) {
                refused.compareAndSet(null, failure);
              }
            });
  }

  public void flush() {
    producer.flush();
    Exception failure = refused.get();
    if (failure != null) {
      throw new IllegalStateException("a record was not accepted: " + failure, failure);
    }
  }

  public void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows that Iceberg's own reader finds. */
  public List<Record> rows(TableSpec spec) {
    // Tests call this in a loop, so the connection must not stay open until the lake is closed.
    Catalog catalog = LakeCatalog.connect(location());
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(catalog.loadTable(spec.identifier())).build()) {
      var list = new ArrayList<Record>();
      rows.forEach(list::add);
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      LakeCatalog.close(catalog);
    }
  }

  /** The output of the command {@code sql}. */
  public String sql(String query, String... options) {
    var text = new StringWriter();
    var arguments = new ArrayList<>(List.of(options));
    arguments.add(query);
    new CommandLine(new LakeSqlCommand(() -> location()))
        .setOut(new PrintWriter(text))
        .setErr(new PrintWriter(text))
        .execute(arguments.toArray(String[]::new));
    return text.toString();
  }

  /** The output of {@code lake-sink maintain}, which must end with the given exit code. */
  public String maintain(int code, String... arguments) {
    var all = new ArrayList<>(List.of("maintain"));
    all.addAll(List.of(arguments));
    return output(Main.commandLine(this::config), code, all);
  }

  /** The output of a command line, which must end with the given exit code. */
  public static String output(CommandLine line, int code, List<String> arguments) {
    var text = new StringWriter();
    int actual =
        line.setOut(new PrintWriter(text))
            .setErr(new PrintWriter(text))
            .execute(arguments.toArray(String[]::new));
    assertThat(actual).as("%s", text).isEqualTo(code);
    return text.toString();
  }

  /** Changes something in PostgreSQL. */
  public void change(String statement) {
    try (var connection = postgres().connect();
        var open = connection.createStatement()) {
      open.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One value from PostgreSQL. */
  public String gold(String query) {
    try (var connection = postgres().connect();
        var result = connection.createStatement().executeQuery(query)) {
      result.next();
      return String.valueOf(result.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    catalogs.forEach(LakeCatalog::close);
    factories.forEach(TestSink::close);
    database.close();
  }
}
