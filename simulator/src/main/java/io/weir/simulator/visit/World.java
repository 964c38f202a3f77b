package io.weir.simulator.visit;

/** The words of the shop's assortment, and the people, machines and campaigns that bring them. */
public record World(
    Weighted<Agent> agents,
    Weighted<Agent> bots,
    Weighted<String> referrers,
    Weighted<Campaign> campaigns,
    Weighted<Country> countries,
    Weighted<String> categories,
    Weighted<String> brands,
    Weighted<Word> words) {

  /** The entry of a list that means "none". */
  public static final String NONE = "-";

  /** A browser on a device; for a bot all parts but the user agent are {@link #NONE}. */
  public record Agent(String device, String os, String browser, String userAgent) {}

  /** A word of product names, also used in searches. */
  public record Word(String text, String category) {}

  /** A paid campaign or a mailing. */
  public record Campaign(String source, String medium, String name, String referrer) {}

  /** A visitor's country; the network is the first half of the address. */
  public record Country(String code, String currency, String network) {}
}
