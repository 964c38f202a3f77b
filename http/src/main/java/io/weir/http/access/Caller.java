package io.weir.http.access;

/**
 * One who asks.
 *
 * @param name of the key, or of the owner of a token, which has a colon in it as no key has
 * @param label what the page calls this one
 */
public record Caller(String name, Role role, String label) {
  public Caller(String name, Role role) {
    this(name, role, name);
  }
}
