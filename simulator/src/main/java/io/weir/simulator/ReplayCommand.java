package io.weir.simulator;

import io.weir.process.ExitCodes;
import io.weir.process.Surroundings;
import io.weir.process.kafka.EventPublisher;
import io.weir.simulator.publish.LineReader;
import io.weir.simulator.publish.ReplayLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends recorded raw events again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sends a file of raw events, one JSON object a line, in its order.")
final class ReplayCommand implements Callable<Integer> {
  private static final Duration UNTIL_CLOSED = Duration.ofDays(2);

  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "JSON lines, plain or gzipped.")
  private Path file = Path.of("");

  @Option(
      names = "--speed",
      description = "How many times faster than recorded, or max (default: ${DEFAULT-VALUE}).",
      converter = Options.Speed.class,
      defaultValue = "1")
  private double speed;

  @Option(names = "--shift-time", description = "Move all times so that the last event is now.")
  private boolean shiftTime;

  @Option(
      names = "--close",
      description = "End with an event per partition that lets all sessions close.")
  private boolean close;

  @Option(names = "--json", description = "Print the counts as JSON.")
  private boolean json;

  @Mixin private TargetOptions target = new TargetOptions();

  ReplayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var report = new Report(surroundings.nanos().getAsLong());
    boolean finished = send(report);
    var terminal = surroundings.terminal();
    var out = target.isStandardOutput() ? terminal.err() : terminal.out();
    report.print(out, json, surroundings.nanos().getAsLong());
    return finished ? 0 : ExitCodes.INTERRUPTED;
  }

  private boolean send(Report report) {
    long now = surroundings.clock().millis();
    OptionalLong last = shiftTime || close ? lastTime() : OptionalLong.empty();
    long shift = shiftTime && last.isPresent() ? now - last.getAsLong() : 0;
    try (LineReader lines = LineReader.open(file);
        EventPublisher publisher = target.open(surroundings)) {
      var pace = new ReplayLoop.Pace(speed, shift);
      var loop = new ReplayLoop(lines, publisher, pace, surroundings.clock()::millis);
      loop.runUntil(surroundings.stop(), new SentLine(SentLine.SHORT, loop::sent, surroundings));
      int closing = close ? Main.CLOSING.send(publisher, closingTime(last, shift)) : 0;
      report.count("sent", loop.sent()).count("without_key", loop.withoutKey());
      report.count("too_long", loop.tooLong()).count("closing", closing);
      return loop.finished();
    }
  }

  private OptionalLong lastTime() {
    try (LineReader lines = LineReader.open(file)) {
      return ReplayLoop.lastTime(lines);
    }
  }

  private long closingTime(OptionalLong last, long shift) {
    long now = surroundings.clock().millis();
    return last.isPresent()
        ? Math.min(now, last.getAsLong() + shift + UNTIL_CLOSED.toMillis())
        : now;
  }
}
