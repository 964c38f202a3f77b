package io.weir.process.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** The rights in Kafka that one service needs, and no other. */
public record ServiceRights(String service, List<Right> rights) {
  /** How each sentence about missing ACLs ends. */
  public static final String ADVICE = "; `./weir acls` prints all that are needed";

  public ServiceRights {
    rights = List.copyOf(rights);
  }

  /** Rights of a process that nobody has listed. */
  public static ServiceRights unlisted() {
    return new ServiceRights("this process", List.of());
  }

  /** Rights of a service that only reads, whatever topics it is told to read. */
  public static ServiceRights reader(String service) {
    return new ServiceRights(
        service, List.of(Right.topics("", AclOperation.READ), Right.groups("", AclOperation.READ)));
  }

  /** Rights of a process that only writes, whatever topics it is told to write. */
  public static ServiceRights writer(String service) {
    return new ServiceRights(service, List.of(Right.topics("", AclOperation.WRITE)));
  }

  /** The operations that the service needs on a resource. */
  public Set<AclOperation> on(ResourceType type, String name) {
    return rights.stream()
        .filter(right -> right.covers(type, name))
        .flatMap(right -> right.operations().stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(AclOperation.class)));
  }

  /** The same without one operation, for clusters where somebody else has that right. */
  public ServiceRights without(AclOperation operation) {
    return new ServiceRights(
        service,
        rights.stream()
            .map(right -> right.operations().contains(operation) ? right.without(operation) : right)
            .filter(right -> !right.operations().isEmpty())
            .toList());
  }

  /** The ACL that is missing where Kafka refuses a resource, as a sentence. */
  public String refused(ResourceType type, String name) {
    return refused(type, Set.of(name));
  }

  /** The ACLs that are missing where Kafka refuses resources, as a sentence. */
  public String refused(ResourceType type, Set<String> names) {
    return lacks(names.stream().sorted().map(name -> needed(type, name)).toList());
  }

  /** The sentence for ACLs that are missing. */
  public String lacks(List<String> missing) {
    return "Kafka refuses " + service + " ACLs: " + String.join(", ", missing) + ADVICE;
  }

  /** Operations on a topic, as the ACL that gives them. */
  public static String topic(String name, Set<AclOperation> operations) {
    return Right.of(ResourceType.TOPIC, name).missing(operations);
  }

  /** What is needed on a resource, as the ACL that gives it. */
  public String needed(ResourceType type, String name) {
    return rights.stream()
        .filter(right -> right.covers(type, name))
        .findFirst()
        .map(right -> withoutCreation(right.operations()))
        .map(operations -> Right.of(type, name).missing(operations))
        .orElseGet(() -> Right.of(type, name).missing(Set.of(AclOperation.DESCRIBE)));
  }

  /** What exists needs neither to be created nor to be compared with the catalogue. */
  private static Set<AclOperation> withoutCreation(Set<AclOperation> operations) {
    var some = EnumSet.copyOf(operations);
    some.removeAll(Set.of(AclOperation.CREATE, AclOperation.DESCRIBE_CONFIGS));
    return some.isEmpty() ? operations : some;
  }
}
