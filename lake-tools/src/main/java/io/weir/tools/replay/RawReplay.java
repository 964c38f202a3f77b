package io.weir.tools.replay;

import io.weir.process.StartupException;
import io.weir.tools.replay.OffsetWindows.Source;
import io.weir.tools.replay.OffsetWindows.Span;
import io.weir.tools.terminal.ProgressLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends raw records again as they were, slice by slice. */
final class RawReplay {
  /** As many records are in memory at once, about. */
  private static final int SLICE = 10_000;

  private final RawTable table;
  private final Sender sender;
  private final int partitions;
  private final ProgressLine progress;

  /** What came of it. */
  record Result(long selected, long sent, long tooLarge) {
    Result plus(int selectedNow, Sender.Receipt receipt) {
      return new Result(
          selected + selectedNow, sent + receipt.sent(), tooLarge + receipt.tooLarge());
    }
  }

  RawReplay(RawTable table, Sender sender, int partitions, ProgressLine progress) {
    this.table = table;
    this.sender = sender;
    this.partitions = partitions;
    this.progress = progress;
  }

  Result run(RawFilter filter, long limit) {
    List<Map<Source, Span>> slices = table.windows(filter).slices(SLICE);
    var result = new Result(0, 0, 0);
    progress.begin("replay");
    for (int i = 0; i < slices.size() && result.selected < limit; i++) {
      List<RawTable.Row> rows = table.rows(filter, slices.get(i));
      result = send(rows, limit - result.selected, result);
      progress.done(i + 1L, slices.size());
    }
    return result;
  }

  private Result send(List<RawTable.Row> rows, long most, Result before) {
    var batch = new ArrayList<Outgoing>(rows.size());
    for (RawTable.Row row : rows.subList(0, (int) Math.min(most, rows.size()))) {
      batch.add(outgoing(row));
    }
    Sender.Receipt receipt = sender.send(batch);
    Result after = before.plus(batch.size(), receipt);
    receipt.failure().ifPresent(failure -> stop(failure, after.sent));
    return after;
  }

  /** What has no key stays in its partition as far as there is one; a key says where it goes. */
  private Outgoing outgoing(RawTable.Row row) {
    Optional<Integer> partition =
        row.key() == null ? Optional.of(row.source().partition() % partitions) : Optional.empty();
    return Outgoing.of(row, partition);
  }

  private static void stop(String failure, long sent) {
    throw new StartupException(
        "sent "
            + sent
            + ", then Kafka refused: "
            + failure
            + "; repeat the command into an empty topic, or take what was sent twice");
  }
}
