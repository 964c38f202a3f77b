package io.weir.tools.rebuild;

import io.weir.contract.GoldTopic;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.StartupException;
import io.weir.process.TopicSettings;
import io.weir.tools.settings.ToolSettings;
import java.util.regex.Pattern;

/** The name of a rebuild, and what is called after it in Kafka and PostgreSQL. */
record RebuildName(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  /** Checks the name that a person has given. */
  static RebuildName of(String name, ToolSettings at) {
    if (!NAME.matcher(name).matches()) {
      throw new StartupException(
          "NAME " + name + " must be 1 to 40 of a-z, 0-9 and _, and begin with a letter");
    }
    if (name.equals(at.prefix())) {
      throw new StartupException("NAME " + name + " is the prefix of the live topics");
    }
    return new RebuildName(name);
  }

  /** Checks the name of a rebuild that is not what gold has already. */
  static RebuildName ofAnother(String name, ToolSettings at) {
    RebuildName found = of(name, at);
    if (found.application().equals(at.application())) {
      throw new StartupException(
          "NAME " + name + " is the rebuild whose cells gold has already; take another name");
    }
    return found;
  }

  /** The topics of the rebuild's stream-app, which has the name as its prefix. */
  Topics topics(ToolSettings at, int partitions) {
    Topic raw = at.raw();
    return Topics.of(name, partitions, raw.replication(), raw.retention());
  }

  String raw() {
    return name + ".raw";
  }

  String rekeyed() {
    return name + ".raw.rekeyed";
  }

  String sessions() {
    return name + ".sessions";
  }

  /** The application id of the rebuild's stream-app, which is its consumer group as well. */
  String application() {
    return TopicSettings.usualApplicationId(name);
  }

  /** The topic of the rebuilt cells. */
  String cells() {
    return GoldTopic.name(application());
  }

  String schema() {
    return "gold_" + name;
  }
}
