package io.weir.benchmarks.process;

import io.weir.benchmarks.topic.TopicStore;

import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A broker and a folder for one benchmark alone; both are gone at the end, also on Ctrl-C. */
public final class BenchPlatform implements AutoCloseable {
  public static final int PARTITIONS = 4;

  private final Path folder;
  private final BrokerProcess broker;
  private final List<StreamAppProcess> apps = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private BenchPlatform(Path folder, BrokerProcess broker) {
    this.folder = folder;
    this.broker = broker;
  }

  public static BenchPlatform open() {
    try {
      Path folder = Files.createTempDirectory("weir-bench");
      var ground = new BenchPlatform(folder, BrokerProcess.start(folder));
      Runtime.getRuntime().addShutdownHook(new Thread(ground::close, "bench-end"));
      return ground;
    } catch (IOException e) {
      throw new StartupException(
          "no folder can be made in "
              + System.getProperty("java.io.tmpdir")
              + "; set java.io.tmpdir: "
              + e,
          e);
    }
  }

  public BrokerProcess broker() {
    return broker;
  }

  /**
   * Starts a stream-app as the project's launcher does.
   *
   * @param name of its log and, unless {@code settings} say another, its state
   * @param settings more than broker, partitions and places, or others
   */
  public StreamAppProcess app(String name, List<String> flags, Map<String, String> settings) {
    var all = new HashMap<String, String>();
    all.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.connection().bootstrapServers());
    all.put("WEIR_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
    all.put("WEIR_STREAM_STATE_DIR", state(name).toString());
    all.put("WEIR_STREAM_GEO_FILE", "demo");
    all.putAll(settings);
    StreamAppProcess app = StreamAppProcess.start(flags, all, folder.resolve(name + ".log"));
    apps.add(app);
    return app;
  }

  public Path state(String name) {
    return folder.resolve(name + "-state");
  }

  /** Deletes a run's topics and state, which take room. */
  public void forget(String name) {
    try (Admin admin = broker.connection().admin()) {
      new TopicStore(admin).delete(List.of(name + ".", name + "-"), "");
    }
    delete(state(name));
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      apps.forEach(StreamAppProcess::close);
      broker.close();
      delete(folder);
    }
  }

  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
