package io.weir.simulator.visit;

import org.jspecify.annotations.Nullable;

/**
 * Who a correct pipeline finds behind an event.
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
    String currency) {}
