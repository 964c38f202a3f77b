package io.weir.benchmarks.training;

import io.weir.benchmarks.process.BenchPlatform;
import io.weir.benchmarks.process.CatalogDatabase;
import io.weir.benchmarks.process.LakeSinkProcess;
import io.weir.benchmarks.process.LakeSinkProcess.TableProgress;
import io.weir.benchmarks.process.ProjectFolder;
import io.weir.benchmarks.process.SimulatedSessions;
import io.weir.benchmarks.topic.SessionSender;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Simulated sessions on their way into {@code silver.sessions}, through a topic and lake-sink. */
record SessionLoad(BenchPlatform platform, CatalogDatabase database) {
  private static final String PREFIX = "training";
  private static final String TOPIC = PREFIX + ".sessions";
  private static final String TABLE = "silver.sessions";
  private static final Duration MOST = Duration.ofMinutes(20);
  private static final long POLL_MILLIS = 200;

  /** More events than a session of the simulator has on average. */
  private static final int EVENTS_PER_SESSION = 5;

  /** Fills the table; returns the settings of who reads it. */
  Map<String, String> fill(int sessions) throws InterruptedException {
    KafkaConnection kafka = platform.connection();
    create(kafka);
    send(kafka, sessions);
    var settings = new HashMap<>(database.settings());
    settings.put("WEIR_SINK_WAREHOUSE", platform.home().warehouse().toString());
    var ofSink = new HashMap<>(settings);
    ofSink.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    ofSink.put("WEIR_TOPIC_PREFIX", PREFIX);
    ofSink.put("WEIR_TOPIC_PARTITIONS", "" + ProjectFolder.PARTITIONS);
    ofSink.put("WEIR_SINK_TABLES", TABLE);
    try (LakeSinkProcess sink = LakeSinkProcess.start(platform.home(), List.of(), ofSink)) {
      await(sink, sessions);
    }
    return settings;
  }

  private static void create(KafkaConnection kafka) throws InterruptedException {
    // The simulated week is long ago: without a limit of age nothing is deleted.
    var topic =
        new NewTopic(TOPIC, ProjectFolder.PARTITIONS, (short) 1)
            .configs(Map.of("retention.ms", "-1"));
    try (Admin admin = kafka.admin()) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new StartupException(TOPIC + " cannot be made: " + e.getCause(), e);
    }
  }

  private void send(KafkaConnection kafka, int sessions) throws InterruptedException {
    SimulatedSessions simulated =
        SimulatedSessions.make(platform.home(), (long) EVENTS_PER_SESSION * sessions);
    var count = new AtomicInteger();
    try (var sender = new SessionSender(kafka, TOPIC)) {
      simulated.each(session -> {
        if (count.getAndIncrement() < sessions) {
          sender.send(session);
        }
      });
      sender.flush();
    }
    if (count.get() < sessions) {
      throw new StartupException("the simulation made only " + count + " sessions");
    }
    System.out.println("# " + count + " sessions simulated, " + sessions + " sent");
  }

  private static void await(LakeSinkProcess sink, int sessions) throws InterruptedException {
    long deadline = System.nanoTime() + MOST.toNanos();
    while (true) {
      double rows =
          sink.progress()
              .map(tables -> tables.getOrDefault(TABLE, new TableProgress(0, Double.NaN)))
              .map(TableProgress::rows)
              .orElse(0.0);
      if (rows >= sessions) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new StartupException(rows + " of " + sessions + " sessions reached the lake");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
