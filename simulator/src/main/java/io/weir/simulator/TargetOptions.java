package io.weir.simulator;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.Surroundings;
import io.weir.process.TopicProvisioner;
import io.weir.process.TopicSettings;
import io.weir.process.access.AccessCatalogue;
import io.weir.process.kafka.EventPublisher;
import io.weir.process.kafka.KafkaPublisher;
import io.weir.simulator.publish.EarlierRecords;
import io.weir.simulator.publish.FilePublisher;
import io.weir.simulator.publish.FolderPublisher;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The target of the records; the settings of Kafka come from the environment. */
final class TargetOptions {
  private static final int BROKER_TIMEOUT_SECONDS = 10;

  enum Target {
    KAFKA,
    FILE,
    STDOUT
  }

  @Option(
      names = "--target",
      description = "kafka, file or stdout (default: ${DEFAULT-VALUE}).",
      defaultValue = "kafka")
  private Target target = Target.KAFKA;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description = "For --target file: one FILE.jsonl, or else a landing folder.")
  private @Nullable Path out;

  boolean isStandardOutput() {
    return target == Target.STDOUT;
  }

  /** Tells whether the raw topic was ever written to. */
  boolean hasEarlierRecords(Settings settings) {
    if (target != Target.KAFKA) {
      throw new StartupException("--history-once needs --target kafka");
    }
    KafkaConnection connection = KafkaConnection.from(settings);
    connection.check(BROKER_TIMEOUT_SECONDS);
    return EarlierRecords.exist(connection, TopicSettings.topics(settings).raw());
  }

  EventPublisher open(Surroundings surroundings) {
    Settings settings = surroundings.settings();
    Topic raw = TopicSettings.topics(settings).raw();
    KafkaConnection connection = KafkaConnection.from(settings);
    settings.refuseUnknown("simulator", "kafka", "topic");
    if ((out != null) != (target == Target.FILE)) {
      throw new StartupException("--target file and --out PATH go together");
    }
    return switch (target) {
      case KAFKA -> kafka(connection, raw, surroundings.terminal().err());
      case STDOUT -> FilePublisher.toStandardOutput(raw.partitions());
      case FILE -> file(out, raw.partitions(), surroundings.clock());
    };
  }

  private static EventPublisher file(@Nullable Path path, int partitions, Clock clock) {
    if (path == null) {
      throw new StartupException("--target file needs --out PATH");
    }
    boolean single = path.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
    return single && !Files.isDirectory(path)
        ? FilePublisher.to(path, partitions)
        : FolderPublisher.to(path, partitions, clock);
  }

  private static EventPublisher kafka(KafkaConnection connection, Topic raw, PrintStream err) {
    TopicProvisioner.provision(
        connection,
        AccessCatalogue.collector(raw),
        List.of(raw),
        note -> err.println("note: " + note));
    return KafkaPublisher.to(connection, raw.name(), "");
  }
}
