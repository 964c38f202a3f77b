package io.weir.local.server;

import io.weir.process.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One KRaft node, broker and controller, as a process: {@code DATA-FOLDER PORT CONTROLLER-PORT}.
 */
public final class BrokerMain {
  private static final String FORMATTED = "meta.properties";

  private BrokerMain() {}

  public static void main(String[] arguments) {
    Path data = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int controllerPort = Integer.parseInt(arguments[2]);
    try {
      run(data, port, controllerPort);
    } catch (StartupException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Path data, int port, int controllerPort) {
    formatOnce(data);
    KafkaConfig config = KafkaConfig.fromProps(properties(data, port, controllerPort), false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.shutdown();
                  server.awaitShutdown();
                  System.out.println("broker stopped");
                },
                "broker-stop"));
    server.startup();
    System.out.println("broker listens on 127.0.0.1:" + port + ", data in " + data);
    server.awaitShutdown();
  }

  /**
   * Formats the folder at the first start only: another format would give it another identity and
   * orphan its topics.
   */
  private static void formatOnce(Path data) {
    if (Files.exists(data.resolve(FORMATTED))) {
      return;
    }
    try {
      Files.createDirectories(data);
      new Formatter()
          .setPrintStream(System.out)
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(data.toString())
          .setDirectories(List.of(data.toString()))
          .run();
    } catch (Exception e) {
      throw new StartupException("the broker's folder " + data + " cannot be prepared: " + e, e);
    }
  }

  private static Properties properties(Path data, int port, int controllerPort) {
    String broker = "127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    var properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + controller);
    properties.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", "PLAINTEXT://" + broker);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("log.dirs", data.toString());
    properties.put("auto.create.topics.enable", "false");
    singleNode(properties);
    return properties;
  }

  /**
   * Settings for a single node: one copy of each record, few internal partitions, no waiting for
   * other members.
   */
  private static void singleNode(Properties properties) {
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "4");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.streams.initial.rebalance.delay.ms", "0");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
  }
}
