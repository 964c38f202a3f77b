package io.weir.stream.session;

import java.util.List;

/** Takes touches, with what they refer to, into another state: each text and context once. */
final class Move {
  /** Of what was not moved yet. */
  private static final int OPEN = 0;

  private final Texts texts;
  private final List<Context> contexts;
  private final VisitorState to;

  /** By old number, the new one plus one. */
  private final int[] movedTexts;

  private final int[] movedContexts;

  Move(Texts texts, List<Context> contexts, VisitorState to) {
    this.texts = texts;
    this.contexts = contexts;
    this.to = to;
    this.movedTexts = new int[texts.size()];
    this.movedContexts = new int[contexts.size()];
  }

  int text(int number) {
    if (number == Touch.NONE) {
      return Touch.NONE;
    }
    if (movedTexts[number] == OPEN) {
      movedTexts[number] = to.texts.intern(texts.text(number)) + 1;
    }
    return movedTexts[number] - 1;
  }

  int context(int number) {
    if (movedContexts[number] == OPEN) {
      movedContexts[number] = to.intern(contexts.get(number).moved(this)) + 1;
    }
    return movedContexts[number] - 1;
  }
}
