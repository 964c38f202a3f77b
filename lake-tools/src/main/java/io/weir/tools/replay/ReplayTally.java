package io.weir.tools.replay;

import java.util.Optional;

/** Counts what happened to the selected records. */
final class ReplayTally {
  private final int replayedBefore;
  private long taken;
  private long sent;
  private int noObject;
  private int misfit;
  private int cut;
  private long tooLarge;
  private Optional<String> example = Optional.empty();

  ReplayTally(int replayedBefore) {
    this.replayedBefore = replayedBefore;
  }

  void noObject() {
    noObject++;
  }

  /**
   * Counts a record that is skipped because only a part of it was kept; {@code replay} reads the
   * whole one.
   */
  void cut() {
    cut++;
  }

  void misfit(Origin origin, String why) {
    misfit++;
    if (example.isEmpty()) {
      example = Optional.of(origin.mark() + ": " + why);
    }
  }

  /** Adds a part of {@code records} records, and the receipt for those that were sent. */
  void add(int records, Sender.Receipt receipt) {
    taken += records;
    sent += receipt.sent();
    tooLarge += receipt.tooLarge();
  }

  long taken() {
    return taken;
  }

  long tooLarge() {
    return tooLarge;
  }

  long sent() {
    return sent;
  }

  long skipped() {
    return replayedBefore + noObject + misfit + cut + tooLarge;
  }

  /**
   * The skipped records by cause, e.g. {@code skipped 3: 2 replayed before, 1 not a JSON object}.
   */
  String skippedText() {
    var text = new StringBuilder("skipped ").append(skipped());
    append(text, replayedBefore, "replayed before");
    append(text, noObject, "not a JSON object");
    append(text, misfit, "the fix does not fit");
    append(text, cut, "too large to be kept whole: see replay, which reads bronze.raw_events");
    append(text, tooLarge, "too large for the broker");
    example.ifPresent(first -> text.append(" (").append(BytesText.visible(first)).append(')'));
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String why) {
    if (count > 0) {
      boolean isFirst = text.indexOf(":") < 0;
      text.append(isFirst ? ": " : ", ").append(count).append(' ').append(why);
    }
  }
}
