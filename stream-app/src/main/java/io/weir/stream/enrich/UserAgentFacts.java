package io.weir.stream.enrich;

import io.weir.contract.avro.EnrichedEvent;

/** Browser, version, system and device class from the user agent. */
final class UserAgentFacts implements Enricher {
  private final Agents agents;

  UserAgentFacts(Agents agents) {
    this.agents = agents;
  }

  @Override
  public boolean enrich(EnrichedEvent event) {
    String agent = event.getUserAgent();
    if (agent == null) {
      return false;
    }
    AgentFacts facts = agents.of(agent);
    event.setBrowser(facts.browser());
    event.setBrowserVersion(facts.version());
    event.setOs(facts.os());
    event.setDevice(facts.device());
    return true;
  }
}
