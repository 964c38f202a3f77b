package io.weir.simulator.visit;

/** The shop's assortment words and the people, machines and ways by which they come to it. */
public record World(
    Weighted<Agent> agents,
    Weighted<Agent> bots,
    Weighted<String> referrers,
    Weighted<Campaign> campaigns,
    Weighted<Country> countries,
    Weighted<String> categories,
    Weighted<String> brands,
    Weighted<Word> words) {

  /** Stands in a list for "there is none". */
  public static final String NONE = "-";

  /** A browser on a device; for a bot all but the user agent are {@link #NONE}. */
  public record Agent(String device, String os, String browser, String userAgent) {}

  /** What products are called, and searched by. */
  public record Word(String text, String category) {}

  /** A paid or mailed way to the shop. */
  public record Campaign(String source, String medium, String name, String referrer) {}

  /** Where a visitor lives; the network is the first half of the address. */
  public record Country(String code, String currency, String network) {}
}
