package io.weir.local.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** Reads the lines of {@code ./weir acls} as {@code kafka-acls.sh} does. */
final class PrintedAcls {
  private static final Pattern PRINCIPAL = Pattern.compile("--allow-principal '(\\S+)'");
  private static final Pattern OPERATION = Pattern.compile("--operation (\\w+)");
  private static final Pattern RESOURCE =
      Pattern.compile("--(topic|group|transactional-id) '(\\S+)'");
  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "topic", ResourceType.TOPIC,
          "group", ResourceType.GROUP,
          "transactional-id", ResourceType.TRANSACTIONAL_ID);

  private PrintedAcls() {}

  static List<AclBinding> read(String text) {
    var acls = new ArrayList<AclBinding>();
    text.lines().filter(line -> line.startsWith("kafka-acls.sh")).forEach(line -> read(line, acls));
    return acls;
  }

  private static void read(String line, List<AclBinding> acls) {
    Matcher resource = found(RESOURCE, line);
    PatternType pattern =
        line.endsWith("--resource-pattern-type prefixed")
            ? PatternType.PREFIXED
            : PatternType.LITERAL;
    var place = new ResourcePattern(TYPES.get(resource.group(1)), resource.group(2), pattern);
    String principal = found(PRINCIPAL, line).group(1);
    OPERATION
        .matcher(line)
        .results()
        .map(each -> SecurityUtils.operation(each.group(1)))
        .forEach(operation -> acls.add(new AclBinding(place, entry(principal, operation))));
  }

  private static AccessControlEntry entry(String principal, AclOperation operation) {
    return new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW);
  }

  private static Matcher found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      throw new AssertionError(pattern + " is not in " + line);
    }
    return matcher;
  }
}
