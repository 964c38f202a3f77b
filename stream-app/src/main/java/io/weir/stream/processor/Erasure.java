package io.weir.stream.processor;

/** Asks for a visitor, under the id the state knows, to be forgotten. */
record Erasure(String visitor) {}
