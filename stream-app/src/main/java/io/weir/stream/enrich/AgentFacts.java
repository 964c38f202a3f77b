package io.weir.stream.enrich;

import org.jspecify.annotations.Nullable;

/**
 * The facts in a user agent, in standard names.
 *
 * @param device desktop, mobile, tablet, bot or other; null where the agent does not tell
 * @param isBot whether the agent is a program, not a person's browser
 */
record AgentFacts(
    @Nullable String browser,
    @Nullable String version,
    @Nullable String os,
    @Nullable String device,
    boolean isBot) {
  static final AgentFacts NONE = new AgentFacts(null, null, null, null, false);

  /** The number of characters that only these facts have: the names of devices are shared. */
  int characters() {
    return length(browser) + length(version) + length(os);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  AgentFacts asBot() {
    return isBot ? this : new AgentFacts(browser, version, os, device, true);
  }
}
