package io.weir.process.access;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** Finds in a chain of causes which right, or which login, Kafka has refused. */
public final class KafkaRefusal {
  /** The words of {@code KafkaConnection.check} about the same. */
  private static final String ACCEPT = "do not accept each other";

  private KafkaRefusal() {}

  /**
   * The sentence that names the missing ACL, or the settings of the login. Empty if the failure is
   * another one, or says so itself.
   */
  public static Optional<String> of(@Nullable Throwable failure, ServiceRights rights) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).contains(ACCEPT)) {
        return Optional.empty();
      }
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
      case AuthenticationException e -> Optional.of(login(e));
      default -> Optional.empty();
    };
  }

  /** A password that was changed while the process ran, for example. */
  private static String login(AuthenticationException refused) {
    return "Kafka and this process do not accept each other any more: "
        + refused.getMessage()
        + "; check WEIR_KAFKA_AUTH, _TLS, _USER, _PASSWORD and _TRUST_FILE, or what"
        + " WEIR_KAFKA_CLIENT_… says in their place";
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
