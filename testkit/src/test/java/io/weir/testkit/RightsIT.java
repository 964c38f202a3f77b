package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.TopicProvisioner;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.AclText;
import io.weir.process.access.ServiceRights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a start meets a broker that asks who is there, in the rights and in the login. */
class RightsIT {
  private static final String PASSWORD = "c4n4ry\"; x";
  private static final String CHANGELOG = "-visitors-changelog";

  @TempDir static Path folder;
  private static SecuredBroker broker;
  private static int users;

  private final Topics topics = Topics.of("t" + ++users, 2, (short) 1, Duration.ofDays(1));
  private final String user = "user" + users;
  private final ServiceRights scoring = AccessCatalogue.mlScoring(topics);
  private final ServiceRights stream = AccessCatalogue.streamApp(topics, user);
  private final List<Topic> used = List.of(topics.sessions(), topics.scores());
  private final List<String> notes = new ArrayList<>();

  @BeforeAll
  static void start() {
    broker = SecuredBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private Map<String, String> settings(String password) {
    var all = new HashMap<String, String>();
    all.put("WEIR_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    all.put("WEIR_KAFKA_AUTH", "scram-sha-512");
    all.put("WEIR_KAFKA_USER", user);
    all.put("WEIR_KAFKA_PASSWORD", password);
    all.put("WEIR_KAFKA_TRUST_FILE", broker.trustFile().toString());
    all.put("WEIR_KAFKA_START_TIMEOUT", "2s");
    return all;
  }

  private void start(Map<String, String> settings) {
    start(settings, scoring, used);
  }

  private void start(Map<String, String> settings, ServiceRights rights, List<Topic> all) {
    KafkaConnection kafka = KafkaConnection.from(Settings.of(settings));
    TopicProvisioner.provision(kafka, rights, all, notes::add);
  }

  private void grant(ServiceRights rights) throws ExecutionException, InterruptedException {
    grant(new AclText(user, "").bindings(rights));
  }

  /** The broker reads its metadata a moment later: it is asked until it knows user and ACLs. */
  private void grant(List<AclBinding> acls) throws ExecutionException, InterruptedException {
    broker.addUser(user, PASSWORD);
    broker.admin().createAcls(acls).all().get();
    var ofUser =
        new AclBindingFilter(
            ResourcePatternFilter.ANY,
            new AccessControlEntryFilter(
                "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY));
    while (!broker.admin().describeUserScramCredentials().users().get().contains(user)
        || broker.admin().describeAcls(ofUser).values().get().size() < acls.size()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void create(Topic topic) throws ExecutionException, InterruptedException {
    var made = new NewTopic(topic.name(), topic.partitions(), topic.replication());
    broker.admin().createTopics(List.of(made.configs(topic.configuration()))).all().get();
  }

  @Test
  void withoutCreate_whatExistsIsUsed() throws Exception {
    grant(scoring.without(AclOperation.CREATE));
    create(topics.sessions());
    create(topics.scores());

    start(settings(PASSWORD));

    // The click model's stream makes a changelog when it starts, not before.
    assertThat(notes)
        .singleElement()
        .asString()
        .contains("Create on topics that begin with " + topics.prefix() + "-scoring-");
  }

  @Test
  void withoutCreate_whatIsMissingIsNamed() throws Exception {
    grant(scoring.without(AclOperation.CREATE));
    create(topics.sessions());

    assertThatThrownBy(() -> start(settings(PASSWORD)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Create on topic " + topics.scores().name())
        .hasMessageContaining("WEIR_KAFKA_START_TIMEOUT");
  }

  @Test
  void preparation_makesTheTopicsForAServiceThatMayNot() throws Exception {
    ServiceRights preparation = AccessCatalogue.preparation(topics);
    grant(preparation);
    start(settings(PASSWORD), preparation, topics.all());

    grant(scoring.without(AclOperation.CREATE));
    start(settings(PASSWORD));

    // It may not create its changelogs either, and says so.
    assertThat(notes).allMatch(note -> note.startsWith("the start goes on"));
  }

  @Test
  void streamWithoutCreate_startsOnWhatExists() throws Exception {
    grant(stream.without(AclOperation.CREATE));
    for (Topic each : topics.all()) {
      create(each);
    }
    create(changelog());

    start(settings(PASSWORD), stream, topics.all());

    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst())
        .contains("Kafka refuses stream-app ACLs: Create on topics that begin with " + user + "-;");
  }

  /** As where somebody names each changelog, group and transactional id in an ACL of its own. */
  @Test
  void aclsWithFullNames_areEnough() throws Exception {
    grant(
        new AclText(user, "").bindings(stream).stream().map(RightsIT::literal).distinct().toList());
    create(changelog());

    start(settings(PASSWORD), stream, topics.all());

    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst())
        .contains("the start goes on")
        .contains("on topics that begin with " + user + "-")
        .contains("Write on transactional ids that begin with " + user + "-");
  }

  @Test
  void changelogThatMayNotBeWritten_endsTheStart() throws Exception {
    List<AclBinding> acls = new AclText(user, "").bindings(stream);
    grant(
        acls.stream()
            .filter(acl ->
                acl.pattern().patternType() == PatternType.LITERAL
                    || acl.entry().operation() != AclOperation.WRITE)
            .toList());
    create(changelog());

    assertThatThrownBy(() -> start(settings(PASSWORD), stream, topics.all()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Write on topics that begin with " + user + "-");
  }

  private Topic changelog() {
    return new Topic(
        user + CHANGELOG, 2, (short) 1, Duration.ofDays(1), true, Topic.DEFAULT_MAX_MESSAGE_BYTES);
  }

  private static AclBinding literal(AclBinding acl) {
    String name = acl.pattern().name();
    return acl.pattern().patternType() == PatternType.LITERAL
        ? acl
        : new AclBinding(
            new ResourcePattern(
                acl.pattern().resourceType(),
                name.substring(0, name.length() - 1) + CHANGELOG,
                PatternType.LITERAL),
            acl.entry());
  }

  @Test
  void missingTopic_isWaitedFor() throws Exception {
    grant(scoring);
    Map<String, String> patient = settings(PASSWORD);
    patient.put("WEIR_KAFKA_START_TIMEOUT", "30s");
    CompletableFuture<Void> started = CompletableFuture.runAsync(() -> start(patient));
    while (!broker.admin().listTopics().names().get().contains(topics.scores().name())) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(started).isNotDone();

    create(topics.sessions());

    assertThat(started).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void hiddenTopic_isNotTakenForAMissingOne() throws Exception {
    grant(scoring.without(AclOperation.READ));
    create(topics.sessions());

    assertThatThrownBy(() -> start(settings(PASSWORD)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Kafka refuses ml-scoring ACLs")
        .hasMessageContaining("Read on topic " + topics.sessions().name());
    assertThat(broker.admin().listTopics().names().get()).doesNotContain(topics.scores().name());
  }

  @Test
  void group_isAskedFor() throws Exception {
    List<ServiceRights> onlyTopics =
        List.of(new ServiceRights("ml-scoring", scoring.rights().subList(0, 2)));
    grant(onlyTopics.getFirst());
    create(topics.sessions());

    assertThatThrownBy(() -> start(settings(PASSWORD)))
        .hasMessageContaining("Read on group " + topics.prefix() + "-scoring");
    assertThat(notes.getLast())
        .contains("Write on transactional ids that begin with " + topics.prefix() + "-scoring-");
  }

  @Test
  void settingsThatMayNotBeSeen_areANote() throws Exception {
    grant(scoring.without(AclOperation.DESCRIBE_CONFIGS));
    create(topics.sessions());

    start(settings(PASSWORD));

    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst()).contains("DescribeConfigs on topic " + topics.scores().name());
  }

  @Test
  void wrongPassword_isSaidWithoutIt() throws Exception {
    grant(scoring);

    assertThatThrownBy(() -> start(settings("wrong-c4n4ry")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("do not accept each other")
        .hasMessageContaining("WEIR_KAFKA_AUTH")
        .hasMessageNotContaining("c4n4ry");
  }

  @Test
  void unknownAuthority_isSaid() throws Exception {
    grant(scoring);
    Map<String, String> settings = settings(PASSWORD);
    settings.remove("WEIR_KAFKA_TRUST_FILE");

    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("do not accept each other")
        .hasMessageContaining("_TRUST_FILE");
  }
}
