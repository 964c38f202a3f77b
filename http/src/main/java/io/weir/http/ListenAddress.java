package io.weir.http;

/**
 * The place where a service listens.
 *
 * @param settings the prefix of the settings that name it, such as {@code stream}
 * @param port 0 for any free one
 */
public record ListenAddress(String settings, String host, int port) {}
