package io.weir.http.access;

/**
 * One who asks.
 *
 * @param name of the key, or the subject of the token
 */
public record Caller(String name, Role role) {}
