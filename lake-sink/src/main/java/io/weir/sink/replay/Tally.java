package io.weir.sink.replay;

import java.util.Optional;

/** What became of the selected records. */
final class Tally {
  private final int replayedBefore;
  private int sent;
  private int noObject;
  private int misfit;
  private int tooLarge;
  private Optional<String> example = Optional.empty();

  Tally(int replayedBefore) {
    this.replayedBefore = replayedBefore;
  }

  void noObject() {
    noObject++;
  }

  void misfit(Origin origin, String why) {
    misfit++;
    if (example.isEmpty()) {
      example = Optional.of(origin.mark() + ": " + why);
    }
  }

  void add(Sender.Receipt receipt) {
    sent += receipt.sent();
    tooLarge += receipt.tooLarge();
  }

  int sent() {
    return sent;
  }

  int skipped() {
    return replayedBefore + noObject + misfit + tooLarge;
  }

  /** For example {@code skipped 3: 2 replayed before, 1 not a JSON object}. */
  String skippedText() {
    var text = new StringBuilder("skipped ").append(skipped());
    append(text, replayedBefore, "replayed before");
    append(text, noObject, "not a JSON object");
    append(text, misfit, "the fix does not fit");
    append(text, tooLarge, "too large for the broker");
    example.ifPresent(first -> text.append(" (").append(BytesText.visible(first)).append(')'));
    return text.toString();
  }

  private static void append(StringBuilder text, int count, String why) {
    if (count > 0) {
      boolean isFirst = text.indexOf(":") < 0;
      text.append(isFirst ? ": " : ", ").append(count).append(' ').append(why);
    }
  }
}
