package io.weir.stream.enrich;

/** Reads a user agent. Implementations serve one thread at a time. */
@FunctionalInterface
interface AgentParser {
  AgentFacts parse(String agent);
}
