package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/** Marks events whose user agent is a program's. */
final class BotMark implements Enricher {
  private final Agents agents;

  BotMark(Agents agents) {
    this.agents = agents;
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    String agent = event.getUserAgent();
    if (agent == null || !agents.of(agent).isBot()) {
      return false;
    }
    event.setIsBot(true);
    event.setDevice("bot");
    return true;
  }
}
