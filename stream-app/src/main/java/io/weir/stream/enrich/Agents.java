package io.weir.stream.enrich;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads each user agent once and remembers its facts, because many people share few agents. The
 * first call loads the library, unless {@link #warm} has loaded it before.
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

  /** Loads the library unless it is loaded. Other callers wait meanwhile. */
  public synchronized void warm() {
    parser();
  }
}
