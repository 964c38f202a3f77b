package io.weir.stream.session;

/** Takes touches, with what they refer to, into another stretch: each text and context once. */
final class Move {
  /** The new number of what was not moved yet. */
  private static final int OPEN = 0;

  private final Stretch from;
  private final Stretch to;

  /** By old number, the new one plus one. */
  private final int[] movedTexts;

  private final int[] movedContexts;

  Move(Stretch from, Stretch to) {
    this.from = from;
    this.to = to;
    this.movedTexts = new int[from.texts.size()];
    this.movedContexts = new int[from.contexts.size()];
  }

  int text(int number) {
    if (number == Touch.NONE) {
      return Touch.NONE;
    }
    if (movedTexts[number] == OPEN) {
      movedTexts[number] = to.texts.intern(from.texts.text(number)) + 1;
    }
    return movedTexts[number] - 1;
  }

  int context(int number) {
    if (movedContexts[number] == OPEN) {
      movedContexts[number] = to.intern(from.contexts.get(number).moved(this)) + 1;
    }
    return movedContexts[number] - 1;
  }
}
