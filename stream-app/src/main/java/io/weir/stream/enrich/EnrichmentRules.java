package io.weir.stream.enrich;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The enrichments to run, in their order, and their settings.
 *
 * @param ownDomains a referrer within one of them is internal
 * @param pseudonymKey the secret of {@code pseudonyms}; without it that enrichment does nothing
 */
public record EnrichmentRules(
    List<String> names, List<String> ownDomains, IpMode ipMode, Optional<String> pseudonymKey) {
  private static final int SHORTEST_KEY = 16;

  public EnrichmentRules {
    names = List.copyOf(names);
    ownDomains = List.copyOf(ownDomains);
    for (String name : names) {
      if (!Enrichments.names().contains(name)) {
        throw new IllegalArgumentException(
            "there is no enrichment " + name + "; known are " + list(Enrichments.names()));
      }
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("an enrichment is named twice in " + list(names));
    }
    if (pseudonymKey.isPresent() && pseudonymKey.get().length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "the pseudonym key must have " + SHORTEST_KEY + " characters or more");
    }
    if (ipMode == IpMode.PSEUDONYM && pseudonymKey.isEmpty()) {
      throw new IllegalArgumentException("pseudonyms of addresses need the pseudonym key");
    }
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }

  /** All enrichments in their usual order, with truncated addresses and without a key. */
  public static EnrichmentRules standard() {
    return new EnrichmentRules(Enrichments.names(), List.of(), IpMode.TRUNCATE, Optional.empty());
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "EnrichmentRules[" + list(names) + "; ipMode=" + ipMode + ", own=" + ownDomains + "]";
  }
}
