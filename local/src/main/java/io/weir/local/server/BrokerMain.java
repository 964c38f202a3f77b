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
 * A KRaft node, broker and controller, as a process: {@code DATA-FOLDER PORT CONTROLLER-PORT}, and
 * for one of several {@code NODE-ID CLUSTER-ID VOTERS}, such as {@code 1@host:port,2@host:port}.
 */
public final class BrokerMain {
  private static final String FORMATTED = "meta.properties";

  private BrokerMain() {}

  public static void main(String[] arguments) {
    try {
      run(Node.of(arguments));
    } catch (StartupException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** The place of a node among those of its cluster. */
  private record Node(
      Path data, int port, int controllerPort, int id, String cluster, String voters) {

    static Node of(String... arguments) {
      int controllerPort = Integer.parseInt(arguments[2]);
      boolean isAlone = arguments.length == 3;
      return new Node(
          Path.of(arguments[0]),
          Integer.parseInt(arguments[1]),
          controllerPort,
          isAlone ? 1 : Integer.parseInt(arguments[3]),
          isAlone ? Uuid.randomUuid().toString() : arguments[4],
          isAlone ? "1@127.0.0.1:" + controllerPort : arguments[5]);
    }

    /** How many copies there can be of a record. */
    int copies() {
      return voters.split(",", -1).length;
    }
  }

  private static void run(Node node) {
    formatOnce(node);
    KafkaConfig config = KafkaConfig.fromProps(properties(node), false);
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
    System.out.println("broker listens on 127.0.0.1:" + node.port() + ", data in " + node.data());
    server.awaitShutdown();
  }

  /**
   * Formats the folder at the first start only: another format would give it another identity and
   * orphan its topics.
   */
  private static void formatOnce(Node node) {
    Path data = node.data();
    if (Files.exists(data.resolve(FORMATTED))) {
      return;
    }
    try {
      Files.createDirectories(data);
      new Formatter()
          .setPrintStream(System.out)
          .setNodeId(node.id())
          .setClusterId(node.cluster())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(data.toString())
          .setDirectories(List.of(data.toString()))
          .run();
    } catch (Exception e) {
      throw new StartupException("the broker's folder " + data + " cannot be prepared: " + e, e);
    }
  }

  private static Properties properties(Node node) {
    String broker = "127.0.0.1:" + node.port();
    String controller = "127.0.0.1:" + node.controllerPort();
    var properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "" + node.id());
    properties.put("controller.quorum.voters", node.voters());
    properties.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", "PLAINTEXT://" + broker);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("log.dirs", node.data().toString());
    properties.put("auto.create.topics.enable", "false");
    small(properties, node.copies());
    return properties;
  }

  /**
   * Settings for a few nodes on one machine: a copy of each record on each, of which one may be
   * missing, few internal partitions, no waiting for other members.
   */
  private static void small(Properties properties, int copies) {
    String most = "" + copies;
    String least = "" + Math.max(1, copies - 1);
    properties.put("min.insync.replicas", least);
    properties.put("offsets.topic.replication.factor", most);
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", most);
    properties.put("transaction.state.log.min.isr", least);
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", most);
    properties.put("share.coordinator.state.topic.min.isr", least);
    properties.put("share.coordinator.state.topic.num.partitions", "4");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("group.streams.initial.rebalance.delay.ms", "0");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
  }
}
