package io.weir.stream.enrich;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All enrichments by name, in their usual order, and the parts they share. */
public final class Enrichments {
  private static final Enricher NOTHING = _ -> false;

  /** Later enrichments build on earlier ones; those that protect privacy come last. */
  private static final List<Entry> ALL =
      List.of(
          new Entry("user-agent", with -> new UserAgentFacts(with.agents)),
          new Entry("bots", with -> new BotMark(with.agents)),
          new Entry("url", _ -> new UrlParts()),
          new Entry("campaign", _ -> new CampaignParameters()),
          new Entry("search-term", _ -> new SearchTerm()),
          new Entry("referrer", with -> new ReferrerClass(with.rules.ownDomains())),
          new Entry("geo", with -> with.geo),
          new Entry("client-hints", _ -> new ClientHints()),
          new Entry("products", _ -> new LineRevenue()),
          new Entry("pseudonyms", Enrichments::pseudonyms),
          new Entry("ip-anonymisation", Enrichments::ipAnonymisation),
          new Entry("consent", with -> new ConsentFilter(with::stranger)));

  private record Entry(String name, Function<Enrichments, Enricher> make) {}

  private final EnrichmentRules rules;
  private final Agents agents = new Agents();
  private final Geo geo = new Geo();
  private final @Nullable Pseudonyms pseudonyms;
  private Pseudonyms strangers;

  public Enrichments(EnrichmentRules rules) {
    this.rules = rules;
    this.pseudonyms = rules.pseudonymKey().map(Pseudonyms::new).orElse(null);
    this.strangers = pseudonyms == null ? new Pseudonyms(UUID.randomUUID().toString()) : pseudonyms;
  }

  /** Whether the ids of visitors who refused consent need a key of their own. */
  public boolean needsStrangersKey() {
    return pseudonyms == null && rules.names().contains("consent");
  }

  /** Sets that key before the first event; without it, those ids change at each start. */
  public void useStrangersKey(String key) {
    strangers = new Pseudonyms(key);
  }

  /** The names of all enrichments in their usual order. */
  public static List<String> names() {
    return ALL.stream().map(Entry::name).toList();
  }

  public Agents agents() {
    return agents;
  }

  public Geo geo() {
    return geo;
  }

  /** The id under which the state and all outputs know a visitor. */
  public String storedId(String visitor) {
    return pseudonyms != null && rules.names().contains("pseudonyms")
        ? pseudonyms.of(visitor)
        : visitor;
  }

  /** The stored id, and the id that the visitor has without consent. */
  public List<String> storedIds(String visitor) {
    String stored = storedId(visitor);
    return List.of(stored, stranger(stored));
  }

  /** The id without consent. It differs from the pseudonym, so that nobody can join the two. */
  private String stranger(String visitor) {
    return strangers.of("refused " + visitor);
  }

  /** Whether user agents are read at all. */
  public boolean readsAgents() {
    return rules.names().contains("user-agent") || rules.names().contains("bots");
  }

  /**
   * The enrichments that are switched on.
   *
   * @param nanos a clock for durations
   * @param failures gets the name and the failure of an enrichment; the event goes on without it
   */
  public EnricherChain chain(LongSupplier nanos, BiConsumer<String, RuntimeException> failures) {
    return new EnricherChain(
        rules.names().stream()
            .map(name -> new EnrichmentStep(name, make(name), nanos, failures))
            .toList());
  }

  private Enricher make(String name) {
    for (Entry entry : ALL) {
      if (entry.name.equals(name)) {
        return entry.make.apply(this);
      }
    }
    throw new IllegalArgumentException("there is no enrichment " + name);
  }

  private Enricher pseudonyms() {
    return pseudonyms == null ? NOTHING : pseudonyms;
  }

  private Enricher ipAnonymisation() {
    return switch (rules.ipMode()) {
      case OFF -> NOTHING;
      case TRUNCATE -> IpAnonymisation.truncating();
      case DROP -> IpAnonymisation.dropping();
      case PSEUDONYM ->
          pseudonyms == null
              ? IpAnonymisation.dropping()
              : IpAnonymisation.pseudonymous(pseudonyms);
    };
  }
}
