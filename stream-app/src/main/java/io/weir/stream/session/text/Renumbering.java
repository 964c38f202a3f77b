package io.weir.stream.session.text;

/**
 * Copies entries from one dictionary to another, each once, and maps the old numbers to the new.
 */
public final class Renumbering {
  /** The new number of an entry that was not copied yet. */
  private static final int OPEN = 0;

  private final Dictionary from;
  private final Dictionary to;

  /** The new number plus one, indexed by the old number. */
  private final int[] newTexts;

  private final int[] newContexts;

  public Renumbering(Dictionary from, Dictionary to) {
    this.from = from;
    this.to = to;
    this.newTexts = new int[from.texts().size()];
    this.newContexts = new int[from.contexts()];
  }

  public int text(int number) {
    if (number == Texts.NONE) {
      return Texts.NONE;
    }
    if (newTexts[number] == OPEN) {
      newTexts[number] = to.texts().intern(from.text(number)) + 1;
    }
    return newTexts[number] - 1;
  }

  public int context(int number) {
    if (newContexts[number] == OPEN) {
      newContexts[number] = to.intern(from.context(number).renumbered(this)) + 1;
    }
    return newContexts[number] - 1;
  }
}
