package io.weir.stream.enrich;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The facts of user agents, each read once and then remembered: people share few of them. The
 * library is loaded by the first who asks, or before by {@link #warm}.
 */
public final class Agents {
  /** Enough for 20,000 agents of usual length at least. */
  private static final long REMEMBERED_BYTES = 20_000_000;

  private final Supplier<? extends AgentParser> load;
  private final BoundedCache<AgentFacts> facts =
      new BoundedCache<>(REMEMBERED_BYTES, AgentFacts::characters, this::read);
  private @Nullable AgentParser parser;

  /** Reads a user agent. Implementations serve one thread at a time. */
  @FunctionalInterface
  interface AgentParser {
    AgentFacts parse(String agent);
  }

  public Agents() {
    this(YauaaParser::load);
  }

  Agents(Supplier<? extends AgentParser> load) {
    this.load = load;
  }

  AgentFacts of(String agent) {
    return facts.get(agent);
  }

  private AgentFacts read(String agent) {
    AgentFacts read = parsed(agent);
    return Crawlers.isCrawler(agent) ? read.asBot() : read;
  }

  private synchronized AgentFacts parsed(String agent) {
    return parser().parse(agent);
  }

  private AgentParser parser() {
    AgentParser ready = parser;
    if (ready == null) {
      ready = load.get();
      parser = ready;
    }
    return ready;
  }

  /** The bytes of all agents that are remembered. */
  long rememberedBytes() {
    return facts.bytes();
  }

  /** Loads the library if it is not. Who asks meanwhile waits. */
  public synchronized void warm() {
    parser();
  }
}
