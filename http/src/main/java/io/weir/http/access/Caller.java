package io.weir.http.access;

/**
 * One who asks.
 *
 * @param name of the key
 */
public record Caller(String name, Role role) {}
