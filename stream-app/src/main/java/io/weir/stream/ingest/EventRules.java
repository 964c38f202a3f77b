package io.weir.stream.ingest;

import java.util.Set;

/**
 * The rules that decide which events are accepted.
 *
 * @param types the accepted ones; empty if every well-formed type is
 * @param internal tells the events that are the own people's
 */
public record EventRules(Set<String> types, InternalTraffic internal) {
  public EventRules {
    for (String type : types) {
      if (!isWellFormed(type)) {
        throw new IllegalArgumentException(type + " is not of the form [a-z][a-z0-9_]*");
      }
    }
    types = Set.copyOf(types);
  }

  /** Accepts every event of a well-formed type. */
  public static EventRules any() {
    return new EventRules(Set.of(), InternalTraffic.NONE);
  }

  boolean allows(String type) {
    return types.isEmpty() || types.contains(type);
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
