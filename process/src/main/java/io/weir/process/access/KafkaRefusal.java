package io.weir.process.access;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** Finds in a chain of causes which right Kafka has refused. */
public final class KafkaRefusal {
  private KafkaRefusal() {}

  /** The sentence that names the missing ACL; empty if the failure is another one. */
  public static Optional<String> of(@Nullable Throwable failure, ServiceRights rights) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Optional<String> found = one(each, rights);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> one(Throwable failure, ServiceRights rights) {
    return switch (failure) {
      case TopicAuthorizationException e ->
          Optional.of(
              e.unauthorizedTopics().isEmpty()
                  ? rights.lacks(List.of(String.valueOf(e.getMessage())))
                  : rights.refused(ResourceType.TOPIC, e.unauthorizedTopics()));
      case GroupAuthorizationException e ->
          Optional.of(rights.refused(ResourceType.GROUP, e.groupId() == null ? "?" : e.groupId()));
      case TransactionalIdAuthorizationException _ -> Optional.of(transactions(rights));
      case ClusterAuthorizationException e ->
          Optional.of(rights.lacks(List.of(String.valueOf(e.getMessage()))));
      default -> Optional.empty();
    };
  }

  /** The exception does not say which id it was; a service has ids of one kind. */
  private static String transactions(ServiceRights rights) {
    return rights.lacks(
        rights.rights().stream()
            .filter(right -> right.resource().resourceType() == ResourceType.TRANSACTIONAL_ID)
            .map(Right::toString)
            .toList());
  }
}
