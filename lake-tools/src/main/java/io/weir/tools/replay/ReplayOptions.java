package io.weir.tools.replay;

import io.weir.process.KafkaConnection;
import io.weir.tools.terminal.ProgressLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of both replay commands; runs their pipeline. */
final class ReplayOptions {
  private static final int BROKER_SECONDS = 15;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "the most records to send, oldest first")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--dry-run", description = "sends nothing, shows the first three records")
  private boolean isDry;

  long limit() {
    return RejectedCommand.checkLimit(limit);
  }

  /**
   * Runs the pipeline, or shows its first records in a dry run; {@code rest} is appended to the
   * last line.
   */
  void run(
      ReplayPipeline<?> pipeline,
      KafkaConnection kafka,
      String topic,
      ReplayTally tally,
      Function<ReplayTally, String> rest) {
    var progress = ProgressLine.of(spec.commandLine().getErr());
    if (isDry) {
      var sender = new DryRunSender();
      pipeline.run(sender, progress, tally, limit);
      sender.examples().forEach(each -> say(each.mark() + "  " + BytesText.of(each.value())));
      say("would send " + tally.sent() + " to " + topic + rest.apply(tally));
      return;
    }
    kafka.check(BROKER_SECONDS);
    try (var sender = KafkaSender.open(kafka, topic)) {
      pipeline.run(sender, progress, tally, limit);
      say("sent " + tally.sent() + " to " + topic + rest.apply(tally));
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** A sender that sends nothing, and keeps the first records to show them. */
  private static final class DryRunSender implements Sender {
    private static final int SHOWN = 3;

    private final List<Outgoing> examples = new ArrayList<>();

    @Override
    public Receipt send(List<Outgoing> batch) {
      for (Outgoing each : batch) {
        if (examples.size() < SHOWN) {
          examples.add(each);
        }
      }
      return new Receipt(batch.size(), 0, Optional.empty());
    }

    List<Outgoing> examples() {
      return List.copyOf(examples);
    }
  }
}
