package io.weir.benchmarks.process;

import io.weir.benchmarks.measure.ProcessUsage;

import io.weir.process.KafkaConnection;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A broker as a process of its own, so that its CPU time can be told apart. */
final class BrokerProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final long POLL_NANOS = 50_000_000;

  private final Process process;
  private final int port;

  private BrokerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** As the project's launcher starts it; returns when it answers. */
  static BrokerProcess start(Path folder) {
    int port = Program.freePort();
    var program =
        new Program(
            "local",
            "io.weir.local.server.BrokerMain",
            List.of(
                "-Xmx512m", "-XX:+UseSerialGC", "-Dlogback.configurationFile=logback-server.xml"),
            List.of(folder.resolve("kafka").toString(), "" + port, "" + Program.freePort()));
    var broker = new BrokerProcess(program.start(Map.of(), folder.resolve("broker.log")), port);
    try {
      broker.awaitPort();
      broker.connection().check(PATIENCE_SECONDS);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
    return broker;
  }

  /** Kafka's own client would fill the screen with warnings until somebody listens. */
  private void awaitPort() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isListening()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new StartupException(
            "the broker does not start within "
                + PATIENCE_SECONDS
                + " s; is there room in "
                + System.getProperty("java.io.tmpdir")
                + "?");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean isListening() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  KafkaConnection connection() {
    return new KafkaConnection("127.0.0.1:" + port, Map.of());
  }

  ProcessUsage usage() {
    return new ProcessUsage(process.pid());
  }

  @Override
  public void close() {
    Program.stop(process);
  }
}
