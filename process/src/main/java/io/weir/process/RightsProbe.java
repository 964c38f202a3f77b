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
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Asks Kafka about the rights of a service that no topic of the catalogue shows: groups,
 * transactional ids, and topics that Kafka Streams makes. Only a clear refusal of a name that the
 * service uses ends a start: a broker may not know a question, and then the service finds out when
 * it works. An invented name that begins alike is only a note, because ACLs may have the full
 * names.
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

  /** Fails with all ACLs that are missing, and notes those that may be. */
  void check(Consumer<String> notes) {
    var missing = new ArrayList<String>();
    var doubtful = new ArrayList<String>();
    for (Right right : rights.rights()) {
      ask(right, right.isPrefixed() ? doubtful : missing);
      missing.addAll(lackingOnExisting(right));
    }
    if (!doubtful.isEmpty()) {
      notes.accept(
          "the start goes on, because ACLs with the full names of what exists are enough: "
              + rights.lacks(doubtful));
    }
    if (!missing.isEmpty()) {
      throw new StartupException(rights.lacks(missing));
    }
  }

  private void ask(Right right, List<String> refused) {
    String name = right.resource().name() + (right.isPrefixed() ? PROBE : "");
    switch (right.resource().resourceType()) {
      case GROUP -> {
        if (refused(admin.listConsumerGroupOffsets(name).all())) {
          refused.add(right.toString());
        }
      }
      case TRANSACTIONAL_ID -> {
        if (refused(admin.describeTransactions(List.of(name)).all())) {
          refused.add(right.toString());
        }
      }
      case TOPIC -> {
        if (right.isPrefixed()) {
          askForTopic(right, name, refused);
        }
      }
      default -> {}
    }
  }

  private void askForTopic(Right right, String name, List<String> refused) {
    if (refused(admin.describeTopics(List.of(name)).allTopicNames())) {
      refused.add(right.toString());
    } else if (right.operations().contains(AclOperation.CREATE) && mayNotCreate(name)) {
      refused.add(right.missing(Set.of(AclOperation.CREATE)));
    }
  }

  /** What the process may not do with topics that exist already, as Kafka reports it. */
  private List<String> lackingOnExisting(Right right) {
    if (!right.isPrefixed() || right.resource().resourceType() != ResourceType.TOPIC) {
      return List.of();
    }
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
      // Nobody answers: what is known counts.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while asking Kafka for rights", e);
    }
    return lacking.isEmpty() ? List.of() : List.of(right.missing(lacking));
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
