package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeStreamsGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user may delete topics and a group, before one of them is gone. Where Kafka does not
 * report rights, it refuses the deletion itself.
 */
final class DeleteRights {
  private final Brokers brokers;

  DeleteRights(Brokers brokers) {
    this.brokers = brokers;
  }

  /** Fails with each right that is missing. The topics must exist. */
  void require(Collection<String> topics, String group) {
    var lacking = new ArrayList<String>();
    var described = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    brokers.ask(admin -> admin.describeTopics(topics, described).allTopicNames()).values().stream()
        .filter(each -> isMissing(each.authorizedOperations()))
        .forEach(each -> lacking.add("Delete on topic " + each.name()));
    if (isMissing(onGroup(group))) {
      lacking.add("Delete on group " + group);
    }
    if (!lacking.isEmpty()) {
      lacking.sort(null);
      throw new StartupException(
          "nothing is deleted, Kafka refuses this user ACLs: " + String.join(", ", lacking));
    }
  }

  /** Null without the group. One that Kafka hides is found when its members are looked for. */
  private @Nullable Set<AclOperation> onGroup(String group) {
    Optional<GroupListing> listed =
        brokers.ask(admin -> admin.listGroups().all()).stream()
            .filter(each -> each.groupId().equals(group))
            .findFirst();
    if (listed.isEmpty()) {
      return null;
    }
    List<String> one = List.of(group);
    if (listed.get().type().equals(Optional.of(GroupType.STREAMS))) {
      var options = new DescribeStreamsGroupsOptions().includeAuthorizedOperations(true);
      Map<String, StreamsGroupDescription> found =
          brokers.ask(admin -> admin.describeStreamsGroups(one, options).all());
      return found.values().iterator().next().authorizedOperations();
    }
    var options = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    Map<String, ConsumerGroupDescription> found =
        brokers.ask(admin -> admin.describeConsumerGroups(one, options).all());
    return found.values().iterator().next().authorizedOperations();
  }

  private static boolean isMissing(@Nullable Set<AclOperation> allowed) {
    // A broker that does not report its own answer as allowed reports nothing.
    return allowed != null
        && allowed.contains(AclOperation.DESCRIBE)
        && !allowed.contains(AclOperation.DELETE);
  }
}
