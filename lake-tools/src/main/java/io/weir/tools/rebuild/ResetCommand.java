package io.weir.tools.rebuild;

import io.weir.process.StartupException;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code gold reset}: lets stream-app begin anew under its application id. */
@Command(
    name = "reset",
    description = {
      "Deletes the group of stream-app and the topics of its state, so that it reads all topics",
      "again from their first record. Without --yes it only says what it would do."
    },
    footer = {"", "Example: gold reset clickstream-stream --yes"})
final class ResetCommand implements Callable<Integer> {
  private final Supplier<ToolSettings> settings;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "APPLICATION",
      description = "the application id, so that no other one is meant")
  private String application = "";

  @Option(names = "--yes", description = "really deletes")
  private boolean isSure;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "how long to wait until stream-app is stopped: 30s, 5m; default: ${DEFAULT-VALUE}")
  private String wait = "0s";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "deletes nothing after this time, such as 2026-11-30T12:00:00Z: whoever starts an old"
              + " job again resets nothing")
  private Instant until = Instant.MAX;

  ResetCommand(Supplier<ToolSettings> settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    ToolSettings at = settings.get();
    requireLive(at);
    requireInTime();
    try (var brokers = Brokers.connect(at.kafka())) {
      // Asked before anything is gone: it fails without PostgreSQL.
      long revision = Revisions.first(at.postgres());
      List<String> topics = brokers.state(application);
      topics.forEach(each -> say("topic " + each));
      say("group " + application);
      brokers.alike(application).forEach(each -> say("not of its state, stays: topic " + each));
      say(again(brokers, at.raw().name()) + " raw records will be read again");
      if (!isSure) {
        say("nothing is deleted; give --yes");
        return 0;
      }
      delete(brokers, topics);
      whatFollows(revision, at.raw().name()).forEach(this::say);
      return 0;
    }
  }

  private void requireInTime() {
    if (clock.instant().isAfter(until)) {
      throw new StartupException(
          "nothing is deleted: this reset was to run until "
              + until
              + " (--until). In Kubernetes: upgrade with reset.release empty, or for another reset"
              + " upgrade with it once more; a rollback is neither");
    }
  }

  private void requireLive(ToolSettings at) {
    if (!application.equals(at.application())) {
      throw new StartupException(
          application
              + " is not the application of this environment, which is "
              + at.application()
              + " (WEIR_STREAM_APPLICATION_ID)");
    }
  }

  /**
   * The group goes first: without its state and with its offsets stream-app would lose sessions. No
   * break between is harmless, so rights are asked for before it.
   */
  void delete(Brokers brokers, List<String> topics) throws InterruptedException {
    String stop = "stop all instances of stream-app, application id " + application;
    new DeleteRights(brokers).require(topics, application);
    new Patience(out(), wait).until(() -> !brokers.isRunning(application), stop);
    requireInTime();
    try {
      brokers.deleteGroup(application);
      brokers.delete(topics);
    } catch (StartupException e) {
      throw new StartupException(
          e.getMessage() + "; do not start stream-app before a reset has ended well", e);
    }
    if (brokers.isRunning(application)) {
      throw new StartupException("stream-app was started meanwhile: " + stop + ", and reset again");
    }
  }

  /** How many records the group has read and the topic still has; all without its offsets. */
  private String again(Brokers brokers, String raw) {
    Map<TopicPartition, Long> read = brokers.committed(application);
    Map<TopicPartition, Long> begins = brokers.begins(raw);
    if (begins.keySet().stream().noneMatch(read::containsKey)) {
      return "all";
    }
    long again =
        begins.entrySet().stream()
            .mapToLong(
                begin -> Math.max(0, read.getOrDefault(begin.getKey(), 0L) - begin.getValue()))
            .sum();
    return Long.toString(again);
  }

  private static List<String> whatFollows(long revision, String raw) {
    return List.of(
        "deleted; now empty the folder of stream-app's state and start",
        "  stream-app with WEIR_STREAM_FIRST_REVISION=" + revision + ", so that its sessions count",
        "  lake-sink with WEIR_SINK_ACCEPT_LOST_OFFSETS=true until it is ready, then without it:",
        "    gold's sums begin anew with the first record that Kafka still has",
        "silver.events, silver.late and bronze.rejected get the rows of these records once more",
        "persons who were erased come back with the records that "
            + raw
            + " still has of them: repeat ./weir forget for each erasure that is younger than the"
            + " retention of that topic");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }
}
