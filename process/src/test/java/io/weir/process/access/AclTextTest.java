package io.weir.process.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AclTextTest {
  private static final Topics TOPICS = Topics.of("shop", 4, (short) 1, Duration.ofDays(1));
  private static final List<ServiceRights> ALL = AccessCatalogue.all(TOPICS, "shop-stream");
  private static final ServiceRights SCORING = AccessCatalogue.mlScoring(TOPICS);
  private final AclText text = new AclText("weir-{}", "kafka");

  @Test
  void commands_areOneCallForEachResource() {
    assertThat(text.commands(List.of(SCORING)))
        .isEqualTo(
            """
            # ml-scoring
            %1$s --operation Read --topic 'shop.sessions'
            %1$s --operation Write --operation Create --operation DescribeConfigs --topic 'shop.scores'
            %1$s --operation Read --topic 'shop.events'
            %1$s --operation Read --topic 'shop.identities'
            %1$s --operation Write --operation Create --operation DescribeConfigs --topic 'shop.challenger-scores'
            %1$s --operation Write --operation Create --operation DescribeConfigs --topic 'shop.click-scores'
            %1$s --operation Write --operation Create --operation DescribeConfigs --topic 'shop.return-scores'
            %1$s --operation Read --operation Write --operation Create --topic 'shop-scoring-' --resource-pattern-type prefixed
            %1$s --operation Read --group 'shop-scoring'
            %1$s --operation Read --group 'shop-scoring-' --resource-pattern-type prefixed
            %1$s --operation Write --transactional-id 'shop-scoring-' --resource-pattern-type prefixed
            """
                .formatted(
                    "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config admin.properties"
                        + " --add --allow-principal 'User:weir-ml-scoring'"));
  }

  @Test
  void commands_seeHowFarEachStreamOfMlScoringHasRead() {
    assertThat(text.commands(List.of(AccessCatalogue.lakeTools(TOPICS, "shop-stream"))))
        .contains("--operation Describe --group 'shop-scoring'\n")
        .contains("--operation Describe --group 'shop-scoring-' --resource-pattern-type prefixed");
  }

  @Test
  void strimzi_isAKafkaUser() {
    assertThat(text.strimzi(List.of(SCORING)))
        .contains("kind: KafkaUser", "  name: weir-ml-scoring\n", "strimzi.io/cluster: kafka")
        .contains(
            """
                  - resource:
                      type: transactionalId
                      name: shop-scoring-
                      patternType: prefix
                    operations: [Write]
            """);
  }

  @Test
  void oneUserForAll_isOneKafkaUser() {
    String all = new AclText("weir", "kafka").strimzi(ALL);

    assertThat(all.split("kind: KafkaUser", -1)).hasSize(2);
    assertThat(all).contains("shop-sink-", "shop-scoring-");
  }

  @Test
  void terraform_hasAResourceForEachAcl() {
    String all = text.terraform(ALL);

    long bindings = ALL.stream().mapToLong(each -> text.bindings(each).size()).sum();
    assertThat(all.split("resource \"kafka_acl\"", -1)).hasSize((int) bindings + 1);
    assertThat(all)
        .contains("acl_operation                = \"DescribeConfigs\"")
        .contains("resource_type                = \"TransactionalID\"")
        .contains("resource_pattern_type_filter = \"Prefixed\"");
  }

  @Test
  void terraform_hasEachAclOfOneUserOnce() {
    String all = new AclText("weir-1", "kafka").terraform(ALL);

    List<String> resources = List.of(all.split("(?m)^resource ", -1));
    assertThat(resources.getLast()).startsWith("\"kafka_acl\" \"weir_1_" + (resources.size() - 1));
    assertThat(resources.stream().map(each -> each.substring(each.indexOf('{') + 1)))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(50);
  }

  @Test
  void collectorOfATopic_readsItWithAGroup() {
    String group = KafkaNames.ingestGroup("shop", "clicks");

    assertThat(text.commands(List.of(AccessCatalogue.collector(TOPICS.raw(), "clicks", group))))
        .contains("--operation Write --topic 'shop.raw'\n")
        .contains("--operation Read --topic 'clicks'\n")
        .contains("--operation Read --group 'shop-ingest-clicks'\n");
  }

  @Test
  void nobody_hasAllRightsOrRightsOnTheCluster() {
    for (ServiceRights service : ALL) {
      for (AclBinding each : text.bindings(service)) {
        assertThat(each.entry().operation())
            .isIn(
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.CREATE,
                AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS);
        assertThat(each.pattern().resourceType()).isNotEqualTo(ResourceType.CLUSTER);
        assertThat(each.pattern().name()).startsWith("shop");
      }
    }
  }

  @Test
  void onlyTheWriters_mayWriteSessionsAndEvents() {
    for (ServiceRights service : ALL) {
      boolean isWriter = service.service().equals("stream-app");
      assertThat(service.on(ResourceType.TOPIC, "shop.sessions").contains(AclOperation.WRITE))
          .as(service.service())
          .isEqualTo(isWriter);
    }
  }

  @Test
  void withoutCreate_leavesNoEmptyRight() {
    for (ServiceRights service : ALL) {
      ServiceRights fewer = service.without(AclOperation.CREATE);

      assertThat(fewer.rights()).allMatch(right -> !right.operations().isEmpty());
      assertThat(fewer.toString()).doesNotContain("CREATE");
    }
  }

  @Test
  void beginnings_endWhereNoOtherNameGoesOn() {
    ALL.stream()
        .flatMap(each -> each.rights().stream())
        .filter(right -> right.resource().patternType() == PatternType.PREFIXED)
        .forEach(right -> assertThat(right.resource().name()).matches("shop.*[-.]"));
  }
}
