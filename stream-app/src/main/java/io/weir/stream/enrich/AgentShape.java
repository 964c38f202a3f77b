package io.weir.stream.enrich;

/**
 * Checks that a user agent has a shape that browsers and known programs send. The library's grammar
 * looks far ahead: an agent of 500 characters that was made to exhaust it takes 15 seconds to read.
 * The limits are well above what the agents of known browsers and crawlers need.
 */
final class AgentShape {
  private static final int MOST_BRACKETS = 12;
  private static final int MOST_OPEN = 3;
  private static final int MOST_WORDS = 60;

  /** Characters other than letters, digits, brackets and the usual separators. */
  private static final int MOST_MARKS = 20;

  private int open;
  private int brackets;
  private int marks;
  private int words;

  private AgentShape() {}

  static boolean isUsual(String agent) {
    var shape = new AgentShape();
    boolean isInWord = false;
    for (int i = 0; i < agent.length(); i++) {
      char c = agent.charAt(i);
      boolean isWord = Character.isLetterOrDigit(c);
      if (isWord && !isInWord) {
        shape.words++;
      } else if (!isWord && !shape.takesSign(c)) {
        return false;
      }
      isInWord = isWord;
    }
    return shape.brackets <= MOST_BRACKETS
        && shape.marks <= MOST_MARKS
        && shape.words <= MOST_WORDS;
  }

  /** Counts a character that is no letter or digit; returns false if too many brackets are open. */
  private boolean takesSign(char c) {
    switch (c) {
      case '(', '[', '{', '<' -> {
        brackets++;
        open++;
      }
      case ')', ']', '}', '>' -> open = Math.max(0, open - 1);
      case ' ', ';', '.', ',', '_', ':' -> {
        // Between the words of every agent.
      }
      default -> marks++;
    }
    return open <= MOST_OPEN;
  }
}
