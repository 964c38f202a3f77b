package io.weir.tools.access;

import io.weir.contract.Topics;
import io.weir.process.StartupException;
import io.weir.process.TopicSettings;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.access.AclText;
import io.weir.process.access.KafkaNames;
import io.weir.process.access.ServiceRights;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the ACLs that the services need in Kafka. It asks no broker. */
@Command(
    name = "acls",
    description = "Prints the least ACLs of each service in Kafka; asks no broker.")
public final class AclsCommand implements Callable<Integer> {
  /** The tools that grant ACLs. */
  enum Format {
    commands,
    strimzi,
    terraform
  }

  private final Supplier<ToolSettings> settings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private Format format = Format.commands;

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description = "prefix of the topics; default WEIR_TOPIC_PREFIX, or clickstream")
  private @Nullable String prefix;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "only this service; may be repeated")
  private List<String> services = List.of();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "the user of a service, {} stands for its name; default ${DEFAULT-VALUE}")
  private String user = "weir-{}";

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "the cluster that Strimzi's users belong to; default ${DEFAULT-VALUE}")
  private String cluster = "kafka";

  @Option(
      names = "--without-create",
      description = "leaves Create out: somebody else makes the topics")
  private boolean isWithoutCreate;

  @Option(
      names = "--source-topic",
      paramLabel = "NAME",
      description = "the topic that ingest --topic reads: the collector gets Read on it")
  private @Nullable String sourceTopic;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "the group of that; default: the prefix, -ingest- and the topic's name")
  private @Nullable String group;

  public AclsCommand(Supplier<ToolSettings> settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    var text = new AclText(user, cluster);
    List<ServiceRights> chosen = chosen();
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format) {
          case commands -> text.commands(chosen);
          case strimzi -> text.strimzi(chosen);
          case terraform -> text.terraform(chosen);
        });
    out.flush();
    return 0;
  }

  private List<ServiceRights> chosen() {
    List<ServiceRights> all = all();
    List<String> names = all.stream().map(ServiceRights::service).toList();
    for (String each : services) {
      if (!names.contains(each)) {
        throw new StartupException(
            "--service "
                + each
                + " is none of "
                + names.stream().collect(Collectors.joining(", ")));
      }
    }
    return all.stream()
        .filter(each -> services.isEmpty() || services.contains(each.service()))
        .map(each -> isWithoutCreate ? each.without(AclOperation.CREATE) : each)
        .toList();
  }

  private List<ServiceRights> all() {
    if (prefix == null) {
      ToolSettings at = settings.get();
      return all(at.topics(), at.application());
    }
    Topics topics = Topics.of(prefix, 1, (short) 1, Duration.ZERO);
    return all(topics, TopicSettings.usualApplicationId(prefix));
  }

  private List<ServiceRights> all(Topics topics, String application) {
    List<ServiceRights> usual = AccessCatalogue.all(topics, application);
    if (sourceTopic == null) {
      if (group != null) {
        throw new StartupException("--group is that of a topic; name it with --source-topic");
      }
      return usual;
    }
    String name = group == null ? KafkaNames.ingestGroup(topics.prefix(), sourceTopic) : group;
    ServiceRights collector = AccessCatalogue.collector(topics.raw(), sourceTopic, name);
    return usual.stream()
        .map(each -> each.service().equals(collector.service()) ? collector : each)
        .toList();
  }
}
