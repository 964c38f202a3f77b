package io.weir.simulator.visit;

import org.jspecify.annotations.Nullable;

/**
 * The one whom a correct pipeline finds behind an event.
 *
 * @param visitor the visitor id
 * @param user the user id, once it is known
 * @param country null if neither the address nor the tracker tells
 */
public record Person(
    String visitor,
    @Nullable String user,
    boolean isBot,
    World.Agent machine,
    @Nullable String country,
    @Nullable String city,
    String currency) {

  /** The operating system; null for none. */
  public @Nullable String os() {
    return machine.os().equals(World.NONE) ? null : machine.os();
  }

  /** Whether the visitor has a user id beside an anonymous one. */
  public boolean isUser() {
    return user != null && !user.equals(visitor);
  }
}
