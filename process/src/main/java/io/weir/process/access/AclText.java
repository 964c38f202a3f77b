package io.weir.process.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights of services as ACLs, for the tools that grant them.
 *
 * @param user a name with {@code {}} in the place of the service, or without: then all are one user
 * @param cluster the name of Strimzi's cluster
 */
public record AclText(String user, String cluster) {
  private static final String PLACE = "{}";

  /** The ACLs as Kafka's own client takes them, each once. */
  public List<AclBinding> bindings(ServiceRights service) {
    var bindings = new ArrayList<AclBinding>();
    for (Right right : service.rights()) {
      sorted(right)
          .forEach(operation ->
              bindings.add(
                  new AclBinding(
                      right.resource(),
                      new AccessControlEntry(
                          principal(service), "*", operation, AclPermissionType.ALLOW))));
    }
    return bindings.stream().distinct().toList();
  }

  /** Lines for a shell: one call of {@code kafka-acls.sh} for each resource. */
  public String commands(List<ServiceRights> services) {
    var text = new StringBuilder();
    for (ServiceRights service : services) {
      text.append("# ").append(service.service()).append('\n');
      service.rights().forEach(right -> text.append(command(service, right)).append('\n'));
    }
    return text.toString();
  }

  private String command(ServiceRights service, Right right) {
    String operations =
        sorted(right).stream()
            .map(operation -> " --operation " + Right.said(operation))
            .collect(Collectors.joining());
    String option =
        switch (right.resource().resourceType()) {
          case GROUP -> "--group";
          case TRANSACTIONAL_ID -> "--transactional-id";
          default -> "--topic";
        };
    return "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config admin.properties --add"
        + " --allow-principal '"
        + principal(service)
        + "'"
        + operations
        + " "
        + option
        + " '"
        + right.resource().name()
        + "'"
        + (right.isPrefixed() ? " --resource-pattern-type prefixed" : "");
  }

  /** Documents of Strimzi: a {@code KafkaUser} for each user. */
  public String strimzi(List<ServiceRights> services) {
    return byUser(services).stream().map(this::kafkaUser).collect(Collectors.joining());
  }

  private String kafkaUser(ServiceRights service) {
    var text = new StringBuilder();
    text.append(
        """
        ---
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaUser
        metadata:
          name: %s
          labels:
            strimzi.io/cluster: %s
        spec:
          authentication:
            type: scram-sha-512
          authorization:
            type: simple
            acls:
        """
            .formatted(name(service), cluster));
    service.rights().forEach(right -> text.append(acl(right)));
    return text.toString();
  }

  private static String acl(Right right) {
    return """
          - resource:
              type: %s
              name: %s
              patternType: %s
            operations: [%s]
    """
        .formatted(
            type(right.resource().resourceType()),
            right.resource().name(),
            right.isPrefixed() ? "prefix" : "literal",
            sorted(right).stream().map(Right::said).collect(Collectors.joining(", ")));
  }

  /** Strimzi's spelling of a kind of resource. */
  private static String type(ResourceType type) {
    return type == ResourceType.TRANSACTIONAL_ID
        ? "transactionalId"
        : type.name().toLowerCase(Locale.ROOT);
  }

  /** Resources of Terraform, for the provider {@code Mongey/kafka}. */
  public String terraform(List<ServiceRights> services) {
    var text = new StringBuilder();
    for (ServiceRights service : byUser(services)) {
      int number = 0;
      for (AclBinding each : bindings(service)) {
        number++;
        text.append(
            """
            resource "kafka_acl" "%s_%d" {
              acl_principal                = "%s"
              acl_host                     = "*"
              acl_operation                = "%s"
              acl_permission_type          = "Allow"
              resource_type                = "%s"
              resource_name                = "%s"
              resource_pattern_type_filter = "%s"
            }
            """
                .formatted(
                    terraformName(service.service()),
                    number,
                    each.entry().principal(),
                    Right.said(each.entry().operation()),
                    terraformType(each.pattern().resourceType()),
                    each.pattern().name(),
                    Right.said(each.pattern().patternType())));
      }
    }
    return text.toString();
  }

  /** A user's name may have signs that the name of a resource may not have. */
  private static String terraformName(String name) {
    String signs = name.replaceAll("[^A-Za-z0-9_]", "_");
    return signs.isEmpty() || Character.isDigit(signs.charAt(0)) ? "_" + signs : signs;
  }

  private static String terraformType(ResourceType type) {
    return type == ResourceType.TRANSACTIONAL_ID ? "TransactionalID" : Right.said(type);
  }

  /** One user for several services gets the rights of all. */
  private List<ServiceRights> byUser(List<ServiceRights> services) {
    if (user.contains(PLACE)) {
      return services;
    }
    return List.of(
        new ServiceRights(
            user, services.stream().flatMap(each -> each.rights().stream()).distinct().toList()));
  }

  private String principal(ServiceRights service) {
    return "User:" + name(service);
  }

  private String name(ServiceRights service) {
    return user.replace(PLACE, service.service());
  }

  private static List<AclOperation> sorted(Right right) {
    return right.operations().stream().sorted().toList();
  }
}
