package io.weir.http.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A set of things that a caller may do. */
public enum Role {
  /** Asks for figures, visitors and sessions. */
  READER,

  /** Everything: also metrics, health in detail, and what instances ask each other. */
  OPERATOR,

  /** Sends sessions in and gets their scores back; sees no visitor. */
  COLLECTOR,

  /** Another instance of the same service. */
  INSTANCE;

  /** The role that a setting names. */
  public static Optional<Role> named(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** As settings write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
