package io.weir.tools.replay;

import io.weir.process.StartupException;
import io.weir.tools.terminal.ProgressLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Sends records of the lake to a topic again, part by part: reads a part, prepares each record, and
 * sends the part.
 */
final class ReplayPipeline<T> {
  private final Parts<T> source;
  private final Preparation<T> preparation;
  private final String afterFailure;

  /** The records in the order they are sent, cut into parts that fit in memory. */
  record Parts<T>(int count, IntFunction<List<T>> read) {}

  /** Makes a record ready to be sent, or counts why it is not sent. */
  interface Preparation<T> {
    Optional<Outgoing> prepare(T record, ReplayTally tally);
  }

  /**
   * Creates a pipeline; {@code afterFailure} tells the operator what to do if Kafka refuses a
   * record midway.
   */
  ReplayPipeline(Parts<T> source, Preparation<T> preparation, String afterFailure) {
    this.source = source;
    this.preparation = preparation;
    this.afterFailure = afterFailure;
  }

  /** Sends at most {@code limit} records, and counts the results in the tally. */
  void run(Sender sender, ProgressLine progress, ReplayTally tally, long limit) {
    progress.begin("replay");
    for (int i = 0; i < source.count() && tally.taken() < limit; i++) {
      List<T> part = source.read().apply(i);
      send(part.subList(0, (int) Math.min(limit - tally.taken(), part.size())), sender, tally);
      progress.done(i + 1L, source.count());
    }
  }

  private void send(List<T> part, Sender sender, ReplayTally tally) {
    var batch = new ArrayList<Outgoing>(part.size());
    for (T each : part) {
      preparation.prepare(each, tally).ifPresent(batch::add);
    }
    Sender.Receipt receipt = sender.send(batch);
    tally.add(part.size(), receipt);
    receipt
        .failure()
        .ifPresent(failure -> {
          throw new StartupException(
              "sent "
                  + tally.sent()
                  + ", then Kafka refused: "
                  + failure.getMessage()
                  + "; "
                  + afterFailure,
              failure);
        });
  }
}
