package io.weir.tools.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.StreamStores;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.sink.loop.Until;
import io.weir.testkit.RealBroker;
import io.weir.testkit.SecuredBroker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A reset asks a broker with ACLs whether it may delete all, before it deletes anything. */
class ResetRightsIT {
  private static final String USER = "weir-reset";
  private static final String PASSWORD = "c4n4ry";
  private static final String LIVE = "live";
  private static final List<String> STATE = StreamStores.changelogs(LIVE);

  @TempDir static Path folder;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = SecuredBroker.start(folder);
    broker.addUser(USER, PASSWORD);
    Until.holds(ResetRightsIT::hasUser);
    broker
        .admin()
        .createTopics(STATE.stream().map(each -> new NewTopic(each, 1, (short) 1)).toList())
        .all()
        .get();
    var offset = Map.of(new TopicPartition(STATE.getFirst(), 0), new OffsetAndMetadata(0));
    broker.admin().alterConsumerGroupOffsets(LIVE, offset).all().get();
  }

  private static boolean hasUser() {
    var asked = broker.admin().describeUserScramCredentials().users();
    try {
      return asked.get().contains(USER);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void missingDelete_isRefusedBeforeAnythingIsGone() throws Exception {
    allow(ResourceType.GROUP, LIVE, AclOperation.DESCRIBE);
    for (String each : STATE.subList(1, STATE.size())) {
      allow(ResourceType.TOPIC, each, AclOperation.DELETE);
    }
    try (var brokers = Brokers.connect(kafka())) {
      // A topic that Kafka hides is not taken for one that is gone.
      assertThatThrownBy(() -> brokers.state(LIVE))
          .hasMessageContaining("Describe on topic " + STATE.getFirst());

      allow(ResourceType.TOPIC, STATE.getFirst(), AclOperation.DESCRIBE);
      Until.holds(() -> mayDescribe(brokers));

      assertThat(brokers.state(LIVE)).containsExactlyInAnyOrderElementsOf(STATE);
      assertThatThrownBy(() -> new DeleteRights(brokers).require(STATE, LIVE))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("nothing is deleted")
          .hasMessageEndingWith(
              "ACLs: Delete on group " + LIVE + ", Delete on topic " + STATE.getFirst());

      allow(ResourceType.TOPIC, STATE.getFirst(), AclOperation.DELETE);
      allow(ResourceType.GROUP, LIVE, AclOperation.DELETE);
      Until.holds(() -> mayDelete(brokers));
      brokers.deleteGroup(LIVE);
      brokers.delete(STATE);
    }
  }

  /** The group is gone then, and Kafka keeps the topics. */
  @Test
  void failureAfterTheFirstDeletion_saysNotToStart() throws Exception {
    try (RealBroker keeper =
            RealBroker.start(
                folder.resolve("keeper"), all -> all.put("delete.topic.enable", "false"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", keeper.bootstrapServers()));
        var brokers = Brokers.connect(kafka(keeper))) {
      admin.createTopics(List.of(new NewTopic(STATE.getFirst(), 1, (short) 1))).all().get();
      var command = new ResetCommand(Assertions::fail, Clock.systemUTC());
      new CommandLine(command).parseArgs(LIVE, "--yes");

      assertThatThrownBy(() -> command.delete(brokers, List.of(STATE.getFirst())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("TopicDeletionDisabled")
          .hasMessageEndingWith("do not start stream-app before a reset has ended well");
    }
  }

  private static KafkaConnection kafka(RealBroker open) {
    return KafkaConnection.from(
        Settings.of(Map.of("WEIR_KAFKA_BOOTSTRAP_SERVERS", open.bootstrapServers())));
  }

  private static boolean mayDescribe(Brokers brokers) {
    try {
      return brokers.topic(STATE.getFirst()).isPresent();
    } catch (StartupException e) {
      return false;
    }
  }

  private static boolean mayDelete(Brokers brokers) {
    try {
      new DeleteRights(brokers).require(STATE, LIVE);
      return true;
    } catch (StartupException e) {
      return false;
    }
  }

  private static void allow(ResourceType type, String name, AclOperation operation)
      throws Exception {
    var resource = new ResourcePattern(type, name, PatternType.LITERAL);
    var entry = new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW);
    broker.admin().createAcls(List.of(new AclBinding(resource, entry))).all().get();
  }

  private static KafkaConnection kafka() {
    return KafkaConnection.from(
        Settings.of(
            Map.of(
                "WEIR_KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "WEIR_KAFKA_AUTH",
                "scram-sha-512",
                "WEIR_KAFKA_USER",
                USER,
                "WEIR_KAFKA_PASSWORD",
                PASSWORD,
                "WEIR_KAFKA_TRUST_FILE",
                broker.trustFile().toString())));
  }
}
