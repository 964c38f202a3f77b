package io.weir.benchmarks.process;

import io.weir.benchmarks.measure.ProcessUsage;
import io.weir.benchmarks.topic.TopicStore;
import io.weir.local.platform.Home;
import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;

/** A broker and a folder for one benchmark alone; both are gone at the end, also on Ctrl-C. */
public final class BenchPlatform implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Home home;
  private final Platform platform;
  private final ChildProcess broker;
  private final List<StreamAppProcess> apps = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private BenchPlatform(Home home, Platform platform, ChildProcess broker) {
    this.home = home;
    this.platform = platform;
    this.broker = broker;
  }

  /** Starts the broker; returns when it answers. */
  public static BenchPlatform open() throws InterruptedException {
    var home = new Home(temporaryFolder());
    var platform = new Platform(ProjectFolder.catalogue(home, Map.of()));
    var opened = new BenchPlatform(home, platform, platform.start(Service.BROKER));
    Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "bench-end"));
    try {
      platform.awaitReady(opened.broker, Service.BROKER, PATIENCE);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("weir-bench");
    } catch (IOException e) {
      throw new StartupException(
          "no folder can be made in "
              + System.getProperty("java.io.tmpdir")
              + "; set java.io.tmpdir: "
              + e,
          e);
    }
  }

  /** The folder with all data and logs. */
  public Home home() {
    return home;
  }

  /** How clients reach the broker. */
  public KafkaConnection connection() {
    return new KafkaConnection(platform.catalogue().bootstrapServers(), Map.of());
  }

  /** CPU time and memory of the broker. */
  public ProcessUsage brokerUsage() {
    return new ProcessUsage(broker.pid());
  }

  /**
   * Starts a stream-app as the project's launcher does.
   *
   * @param name of its log and, unless {@code settings} say another, its state
   * @param settings more than those of broker, partitions and places, or in their place
   */
  public StreamAppProcess app(String name, List<String> flags, Map<String, String> settings) {
    var all = new HashMap<String, String>();
    all.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", platform.catalogue().bootstrapServers());
    all.put("WEIR_STREAM_STATE_DIR", state(name).toString());
    all.putAll(settings);
    StreamAppProcess app = StreamAppProcess.start(ProjectFolder.checkout(), home, name, flags, all);
    apps.add(app);
    return app;
  }

  /** The folder of the state of a stream-app. */
  public Path state(String name) {
    return home.state().resolve(name);
  }

  /** Deletes the topics and the state of a run, which take room. */
  public void forget(String name) {
    try (Admin admin = connection().admin()) {
      new TopicStore(admin).delete(List.of(name + ".", name + "-"), "");
    }
    ProjectFolder.delete(state(name));
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      apps.forEach(StreamAppProcess::close);
      platform.close();
      ProjectFolder.delete(home.folder());
    }
  }
}
