package io.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.platform.Service;
import io.weir.local.process.Captured;
import io.weir.local.watch.Gold;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * All services beside a broker with TLS, SCRAM and the ACLs that {@code ./weir acls} prints: with
 * them everything works, and without any one of them something does not and says which it is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredPipelineIT {
  private static final int EVENTS = 2_000;
  private static final int LEAST_SESSIONS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Map<String, Service> SERVICES =
      Map.of(
          "User:weir-stream-app", Service.STREAM,
          "User:weir-lake-sink", Service.SINK,
          "User:weir-ml-scoring", Service.SCORING);

  @TempDir static Path folder;
  private SecuredServices services;
  private List<AclBinding> acls;

  @BeforeAll
  void grant() throws InterruptedException {
    services = new SecuredServices(folder);
    Captured printed = services.lakeTool("acls");
    assertThat(printed.exitCode()).as(printed.output()).isZero();
    acls = PrintedAcls.read(printed.output());
    services.grant(acls);
  }

  @AfterAll
  void stop() {
    services.close();
  }

  @Test
  @Order(1)
  void withTheAcls_everythingWorks() throws Exception {
    services.start(Service.POSTGRES);
    services.start(Service.STREAM);
    services.start(Service.SCORING, Service.SINK);
    Captured simulated = services.simulate(EVENTS);
    assertThat(simulated.exitCode()).as(simulated.output()).isZero();

    Gold.Counts counts = settled();

    System.out.println("secured: " + counts);
    assertThat(counts.sessions()).isGreaterThan(LEAST_SESSIONS);
    assertThat(counts.scores()).isEqualTo(counts.sessions());
    Captured audit = services.lakeTool("audit", "--settle=30");
    assertThat(audit.exitCode()).as(audit.output()).isZero();
    Captured forgotten = services.lakeTool("forget", "--visitor=nobody", "--dry-run");
    assertThat(forgotten.exitCode()).as(forgotten.output()).isZero();
    assertThat(forgotten.output()).doesNotContain("refuse");
    services.stop(Service.STREAM, Service.SCORING, Service.SINK);
    String output = services.allOutput();
    assertThat(output).isNotBlank().doesNotContain("c4n4ry").doesNotContain("Kafka refuses");
  }

  /** Waits until every session has a score in gold, and their number stays. */
  private Gold.Counts settled() throws SQLException, InterruptedException {
    var gold = new Gold(services.as("nobody").postgresUrl());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Gold.Counts last = gold.counts();
    while (System.nanoTime() < deadline) {
      Thread.sleep(1_500);
      Gold.Counts now = gold.counts();
      if (now.sessions() > LEAST_SESSIONS && now.scores() == now.sessions() && now.equals(last)) {
        return now;
      }
      last = now;
    }
    throw new AssertionError("gold has " + last);
  }

  private Stream<AclBinding> of(String user, ResourceType type, AclOperation operation) {
    return acls.stream()
        .filter(acl -> acl.entry().principal().equals("User:weir-" + user))
        .filter(acl -> acl.pattern().resourceType() == type)
        .filter(acl -> acl.entry().operation() == operation);
  }

  @Test
  @Order(2)
  void fiveAcls_areMissedByName() throws InterruptedException {
    var chosen =
        List.of(
            of("stream-app", ResourceType.TRANSACTIONAL_ID, AclOperation.WRITE).findFirst(),
            of("stream-app", ResourceType.TOPIC, AclOperation.WRITE)
                .filter(acl -> acl.pattern().name().endsWith(".events"))
                .findFirst(),
            of("ml-scoring", ResourceType.GROUP, AclOperation.READ).findFirst(),
            of("lake-sink", ResourceType.TOPIC, AclOperation.READ)
                .filter(acl -> acl.pattern().name().endsWith(".sessions"))
                .findFirst(),
            of("collector", ResourceType.TOPIC, AclOperation.WRITE).findFirst());
    for (var each : chosen) {
      assertMissed(each.orElseThrow());
    }
  }

  @Test
  @Order(3)
  @EnabledIfEnvironmentVariable(
      named = "WEIR_NIGHTLY",
      matches = "true",
      disabledReason = "it takes minutes: WEIR_NIGHTLY=true runs it")
  void eachAcl_isMissedByName() throws InterruptedException {
    List<AclBinding> asked = acls.stream().filter(SecuredPipelineIT::isAskedHere).toList();
    for (AclBinding each : asked) {
      assertMissed(each);
    }
    System.out.println(
        "secured: each of " + asked.size() + " ACLs of " + acls.size() + " is missed by name");
  }

  /**
   * Whether this pipeline needs an ACL. It prepares no topics in a job of its own, has no model of
   * clicks, which has a changelog, and asks no {@code doctor}, who looks at the groups and inner
   * topics of others. Its lake has all raw records, so {@code replay} reads none from the topic.
   */
  private static boolean isAskedHere(AclBinding acl) {
    String user = acl.entry().principal();
    boolean isInner = acl.pattern().patternType() == PatternType.PREFIXED;
    boolean isOfClicks =
        user.endsWith("ml-scoring")
            && isInner
            && acl.pattern().resourceType() == ResourceType.TOPIC
            && acl.entry().operation() != AclOperation.CREATE;
    boolean isOfDoctor = user.endsWith("lake-tools") && isInner;
    boolean isOfReplay =
        user.endsWith("lake-tools")
            && acl.pattern().name().endsWith(".raw")
            && acl.entry().operation() == AclOperation.READ;
    return !user.endsWith("prepare") && !isOfClicks && !isOfDoctor && !isOfReplay;
  }

  private void assertMissed(AclBinding acl) throws InterruptedException {
    services.revoke(acl);
    try {
      String name = acl.pattern().name();
      String operation = SecurityUtils.operationName(acl.entry().operation());
      String output = outputWithout(acl, name);
      assertThat(output.lines().filter(line -> line.contains("Kafka refuses")))
          .as(acl + ": " + output)
          .anyMatch(line -> line.contains(operation) && line.contains(name));
    } finally {
      services.grant(List.of(acl));
    }
  }

  private String outputWithout(AclBinding acl, String name) throws InterruptedException {
    Service service = SERVICES.get(acl.entry().principal());
    if (service == null) {
      return acl.entry().principal().endsWith("collector")
          ? services.simulate(10).output()
          : toolWithout(acl);
    }
    boolean isCreation = acl.entry().operation() == AclOperation.CREATE;
    if (isCreation && acl.pattern().patternType() == PatternType.LITERAL) {
      services.deleteTopic(name);
      return services.outputOf(service, "Kafka refuses", Map.of("WEIR_KAFKA_START_TIMEOUT", "5s"));
    }
    return services.outputOf(service, "Kafka refuses", Map.of());
  }

  private String toolWithout(AclBinding acl) throws InterruptedException {
    boolean isRaw = acl.pattern().name().endsWith(".raw");
    return isRaw
        ? services
            .lakeTool("replay", "--from=30d", "--to=0s", "--topic=clickstream.raw", "--into-live")
            .output()
        : services.lakeTool("forget", "--visitor=nobody").output();
  }
}
