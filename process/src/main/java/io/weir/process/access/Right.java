package io.weir.process.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Operations on a topic, a group, a transactional id, or all whose names begin alike. */
public record Right(ResourcePattern resource, Set<AclOperation> operations) {
  public Right {
    operations = Set.copyOf(operations);
  }

  static Right topic(String name, AclOperation... operations) {
    return of(ResourceType.TOPIC, name, PatternType.LITERAL, operations);
  }

  static Right topics(String beginning, AclOperation... operations) {
    return of(ResourceType.TOPIC, beginning, PatternType.PREFIXED, operations);
  }

  static Right group(String name, AclOperation... operations) {
    return of(ResourceType.GROUP, name, PatternType.LITERAL, operations);
  }

  static Right groups(String beginning, AclOperation... operations) {
    return of(ResourceType.GROUP, beginning, PatternType.PREFIXED, operations);
  }

  static Right transactions(String beginning) {
    return of(ResourceType.TRANSACTIONAL_ID, beginning, PatternType.PREFIXED, AclOperation.WRITE);
  }

  /** A resource without operations, to speak of it. */
  static Right of(ResourceType type, String name) {
    return of(type, name, PatternType.LITERAL);
  }

  private static Right of(
      ResourceType type, String name, PatternType pattern, AclOperation... operations) {
    return new Right(new ResourcePattern(type, name, pattern), Set.of(operations));
  }

  public boolean isPrefixed() {
    return resource.patternType() == PatternType.PREFIXED;
  }

  boolean covers(ResourceType type, String name) {
    return type == resource.resourceType()
        && (isPrefixed() ? name.startsWith(resource.name()) : name.equals(resource.name()));
  }

  Right without(AclOperation operation) {
    var fewer = EnumSet.copyOf(operations);
    fewer.remove(operation);
    return new Right(resource, fewer);
  }

  /** For a person: {@code Read and Write on topic clickstream.raw}. */
  @Override
  public String toString() {
    return said(operations) + " on " + place();
  }

  /** The same for some of the operations. */
  public String missing(Set<AclOperation> some) {
    return said(some) + " on " + place();
  }

  private String place() {
    String type = resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return isPrefixed()
        ? type + "s that begin with " + resource.name()
        : type + " " + resource.name();
  }

  /** Operations as Kafka's tools spell them, always in the same order. */
  static String said(Set<AclOperation> operations) {
    return operations.stream().sorted().map(Right::said).collect(Collectors.joining(" and "));
  }

  /** An operation or a kind of resource as Kafka's tools spell it. */
  static String said(Enum<?> value) {
    var said = new StringBuilder();
    for (String word : value.name().split("_", -1)) {
      said.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return said.toString();
  }
}
