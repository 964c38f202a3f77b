package io.weir.tools.replay;

import io.weir.process.StartupException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** Reads the selected records part by part, repairs them and sends them. */
final class Replay {
  private final RejectedTable table;
  private final Fixes fixes;
  private final Sender sender;
  private final IntConsumer progress;

  /** {@code progress} hears how many of the selected records are done. */
  Replay(RejectedTable table, Fixes fixes, Sender sender, IntConsumer progress) {
    this.table = table;
    this.fixes = fixes;
    this.sender = sender;
    this.progress = progress;
  }

  ReplayTally run(Filter filter, Selection selection) {
    var tally = new ReplayTally(selection.replayedBefore());
    int done = 0;
    for (List<Origin> chunk : selection.chunks()) {
      Sender.Receipt receipt = sender.send(repaired(read(filter, chunk), tally));
      tally.add(receipt);
      receipt.failure().ifPresent(failure -> stop(failure, tally));
      done += chunk.size();
      progress.accept(done);
    }
    return tally;
  }

  private List<Refused> read(Filter filter, List<Origin> chunk) {
    List<Refused> rows =
        table.between(filter, chunk.getFirst().appendMicros(), chunk.getLast().appendMicros());
    rows.sort(Comparator.comparing(Refused::origin));
    return rows.stream().filter(onceOf(chunk)).toList();
  }

  private static Predicate<Refused> onceOf(List<Origin> chunk) {
    Set<Origin> open = new HashSet<>(chunk);
    return refused -> open.remove(refused.origin());
  }

  private List<Outgoing> repaired(List<Refused> rows, ReplayTally tally) {
    var batch = new ArrayList<Outgoing>(rows.size());
    for (Refused row : rows) {
      if (row.isCut()) {
        tally.cut();
        continue;
      }
      switch (fixes.apply(row.value())) {
        case Fixes.Fixed.Ready ready -> batch.add(Outgoing.of(row, ready.value()));
        case Fixes.Fixed.NoObject() -> tally.noObject();
        case Fixes.Fixed.Misfit(String why) -> tally.misfit(row.origin(), why);
      }
    }
    return batch;
  }

  private static void stop(String failure, ReplayTally tally) {
    throw new StartupException(
        "sent "
            + tally.sent()
            + ", then Kafka refused: "
            + failure
            + "; repeat the command when bronze.raw_events has what was sent");
  }
}
