package io.weir.process;

import io.weir.process.access.Right;
import io.weir.process.access.ServiceRights;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Asks Kafka about the rights of a service that no topic of the catalogue shows: groups,
 * transactional ids, and topics that Kafka Streams makes. Only a clear refusal counts: a broker may
 * not know a question, and then the service finds out when it works.
 */
final class RightsProbe {
  private static final int PATIENCE_SECONDS = 5;

  /** Makes a name out of a beginning; nothing has this name. */
  private static final String PROBE = "rights-probe";

  private final Admin admin;
  private final ServiceRights rights;

  RightsProbe(Admin admin, ServiceRights rights) {
    this.admin = admin;
    this.rights = rights;
  }

  /** Fails with all ACLs that are missing. */
  void check() {
    List<String> missing = new ArrayList<>();
    for (Right right : rights.rights()) {
      missing(right).ifPresent(missing::add);
    }
    if (!missing.isEmpty()) {
      throw new StartupException(rights.lacks(missing));
    }
  }

  private Optional<String> missing(Right right) {
    String name = right.resource().name() + (right.isPrefixed() ? PROBE : "");
    return switch (right.resource().resourceType()) {
      case GROUP ->
          refused(admin.listConsumerGroupOffsets(name).all()) ? all(right) : Optional.empty();
      case TRANSACTIONAL_ID ->
          refused(admin.describeTransactions(List.of(name)).all()) ? all(right) : Optional.empty();
      case TOPIC -> right.isPrefixed() ? ofTopics(right, name) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> all(Right right) {
    return Optional.of(right.toString());
  }

  private Optional<String> ofTopics(Right right, String name) {
    if (refused(admin.describeTopics(List.of(name)).allTopicNames())) {
      return all(right);
    }
    Set<AclOperation> lacking = EnumSet.noneOf(AclOperation.class);
    if (right.operations().contains(AclOperation.CREATE) && mayNotCreate(name)) {
      lacking.add(AclOperation.CREATE);
    }
    lacking.addAll(lackingOnExisting(right));
    return lacking.isEmpty() ? Optional.empty() : Optional.of(right.missing(lacking));
  }

  /** What the process may not do with topics that exist already, as Kafka reports it. */
  private Set<AclOperation> lackingOnExisting(Right right) {
    Set<AclOperation> lacking = EnumSet.noneOf(AclOperation.class);
    try {
      List<String> names =
          admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
              .filter(name -> name.startsWith(right.resource().name()))
              .toList();
      for (TopicDescription each : new VisibleTopics(admin, rights).of(names).values()) {
        lacking.addAll(VisibleTopics.lacking(each, right.operations()));
      }
    } catch (ExecutionException | TimeoutException _) {
      return lacking;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while asking Kafka for rights", e);
    }
    return lacking;
  }

  private boolean mayNotCreate(String name) {
    var topics = List.of(new NewTopic(name, Optional.empty(), Optional.empty()));
    return refused(admin.createTopics(topics, new CreateTopicsOptions().validateOnly(true)).all());
  }

  private static boolean refused(KafkaFuture<?> answer) {
    try {
      answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return false;
    } catch (ExecutionException e) {
      return e.getCause() instanceof AuthorizationException;
    } catch (TimeoutException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while asking Kafka for rights", e);
    }
  }
}
