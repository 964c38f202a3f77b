package io.weir.stream.ingest;

import java.util.Set;

/**
 * The rules that decide which event types are accepted.
 *
 * @param allowed empty if every well-formed type is accepted
 */
public record TypeRules(Set<String> allowed) {
  public TypeRules {
    for (String type : allowed) {
      if (!isWellFormed(type)) {
        throw new IllegalArgumentException(type + " is not of the form [a-z][a-z0-9_]*");
      }
    }
    allowed = Set.copyOf(allowed);
  }

  /** Accepts every well-formed type. */
  public static TypeRules any() {
    return new TypeRules(Set.of());
  }

  boolean allows(String type) {
    return allowed.isEmpty() || allowed.contains(type);
  }

  static boolean isWellFormed(String type) {
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      boolean isLetter = c >= 'a' && c <= 'z';
      if (!isLetter && (i == 0 || (c != '_' && (c < '0' || c > '9')))) {
        return false;
      }
    }
    return true;
  }
}
