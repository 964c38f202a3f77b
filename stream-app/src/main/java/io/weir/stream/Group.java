package io.weir.stream;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the consumer group.
 *
 * @param instanceId makes this instance a static member: it finds its partitions again after a
 *     restart that is shorter than the session timeout
 * @param sessionTimeout after so long without a sign of life an instance's partitions move
 * @param standbyReplicas warm copies of each partition's state on other instances
 * @param warmupReplicas copies that are built up at once before partitions move to a new instance
 */
public record Group(
    String protocol,
    Optional<String> instanceId,
    Duration sessionTimeout,
    int standbyReplicas,
    int warmupReplicas) {
  private static final String CLASSIC = "classic";

  static Group from(Settings settings) {
    var group =
        new Group(
            settings.text("stream.group-protocol", CLASSIC),
            settings.text("stream.instance-id"),
            settings.duration("stream.session-timeout", Duration.ofSeconds(10)),
            settings.integer("stream.standby-replicas", 1, 0, 8),
            settings.integer("stream.warmup-replicas", 2, 1, 100));
    if (!group.isClassic() && group.instanceId().isPresent()) {
      throw new StartupException(
          "WEIR_STREAM_INSTANCE_ID needs WEIR_STREAM_GROUP_PROTOCOL=classic, is "
              + group.protocol());
    }
    return group;
  }

  boolean isClassic() {
    return protocol.equals(CLASSIC);
  }
}
