package io.weir.stream.enrich;

import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words that tell the class of a label in a host name. A label fits a word that it begins or ends
 * with; a word with a dot at its end must be the whole label. The longest word that fits counts.
 */
final class LabelWords {
  private final Word[] longestFirst;

  private record Word(String text, String kind, boolean isWhole) {
    static Word of(String rule) {
      int colon = rule.indexOf(':');
      boolean isWhole = rule.endsWith(".");
      int end = isWhole ? rule.length() - 1 : rule.length();
      return new Word(rule.substring(colon + 1, end), rule.substring(0, colon), isWhole);
    }

    boolean fits(String host, int from, int to) {
      int rest = to - from - text.length();
      if (isWhole) {
        return rest == 0 && host.startsWith(text, from);
      }
      return rest >= 0 && (host.startsWith(text, from) || host.startsWith(text, from + rest));
    }
  }

  /**
   * @param rules each a class, a colon and a word
   */
  LabelWords(Set<String> rules) {
    longestFirst =
        rules.stream()
            .map(Word::of)
            .sorted(Comparator.comparingInt((Word word) -> word.text.length()).reversed())
            .toArray(Word[]::new);
  }

  /** The class of the label between two indexes of a host name; null if no word fits. */
  @Nullable String kindOf(String host, int from, int to) {
    for (Word word : longestFirst) {
      if (word.fits(host, from, to)) {
        return word.kind;
      }
    }
    return null;
  }
}
