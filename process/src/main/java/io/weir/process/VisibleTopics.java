package io.weir.process;

import io.weir.process.access.ServiceRights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Asks for topics by name. Kafka leaves topics that a process may not see out of its list of all
 * topics, so that list cannot tell a hidden topic from a missing one. The answer about a name can.
 */
public final class VisibleTopics {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Admin admin;
  private final ServiceRights rights;

  public VisibleTopics(Admin admin, ServiceRights rights) {
    this.admin = admin;
    this.rights = rights;
  }

  /** The topics that exist. Fails with the missing ACLs if Kafka hides one of the names. */
  public Map<String, TopicDescription> of(Collection<String> names) {
    try {
      return of(names, PATIENCE_MILLIS);
    } catch (ExecutionException e) {
      throw new StartupException("topics cannot be described: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while describing topics", e);
    }
  }

  Map<String, TopicDescription> of(Collection<String> names, int timeoutMillis)
      throws ExecutionException, InterruptedException {
    var options = new DescribeTopicsOptions().timeoutMs(timeoutMillis);
    try {
      return found(names, options.includeAuthorizedOperations(true));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnsupportedVersionException) {
        return found(names, options.includeAuthorizedOperations(false));
      }
      throw e;
    }
  }

  private Map<String, TopicDescription> found(
      Collection<String> names, DescribeTopicsOptions options)
      throws ExecutionException, InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names, options).topicNameValues();
    var found = new TreeMap<String, TopicDescription>();
    var hidden = new TreeSet<String>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> each : answers.entrySet()) {
      try {
        found.put(each.getKey(), each.getValue().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicAuthorizationException) {
          hidden.add(each.getKey());
        } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    if (!hidden.isEmpty()) {
      throw new StartupException(rights.refused(ResourceType.TOPIC, hidden));
    }
    return found;
  }

  /** Fails with the missing ACLs if the process may see a topic, but not use it as it has to. */
  void requireUsable(Collection<TopicDescription> topics) {
    var missing = new ArrayList<String>();
    for (TopicDescription topic : topics) {
      Set<AclOperation> lacking = lacking(topic, rights.on(ResourceType.TOPIC, topic.name()));
      if (!lacking.isEmpty()) {
        missing.add(ServiceRights.topic(topic.name(), lacking));
      }
    }
    if (!missing.isEmpty()) {
      throw new StartupException(rights.lacks(missing));
    }
  }

  /** The needed operations that Kafka does not allow. A topic that exists needs no creation. */
  static Set<AclOperation> lacking(TopicDescription topic, Set<AclOperation> needed) {
    Set<AclOperation> lacking = EnumSet.noneOf(AclOperation.class);
    Set<AclOperation> allowed = topic.authorizedOperations();
    // A broker that does not report its own answer as allowed reports nothing.
    if (allowed != null && allowed.contains(AclOperation.DESCRIBE)) {
      lacking.addAll(needed);
      lacking.removeAll(EnumSet.of(AclOperation.CREATE, AclOperation.DESCRIBE_CONFIGS));
      lacking.removeAll(allowed);
    }
    return lacking;
  }
}
