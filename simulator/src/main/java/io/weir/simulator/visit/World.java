package io.weir.simulator.visit;

import java.util.List;

/** The words of the shop's assortment, and the people, machines and campaigns that bring them. */
public record World(
    Weighted<Agent> agents,
    Weighted<Agent> bots,
    Weighted<Referrer> referrers,
    Weighted<Campaign> campaigns,
    Weighted<Country> countries,
    Weighted<String> categories,
    Weighted<String> brands,
    Weighted<Word> words) {

  /** The entry of a list that means "none". */
  public static final String NONE = "-";

  /** The device of a bot. */
  public static final String BOT = "bot";

  /** A browser on a device; for a bot, what its name tells. */
  public record Agent(String device, String os, String browser, String userAgent) {}

  /** A word of product names, also used in searches. */
  public record Word(String text, String category) {}

  /**
   * The page that a visit comes from.
   *
   * @param kind the class of its site, or of the campaign that leads from it
   */
  public record Referrer(String address, String kind) {
    static final Referrer DIRECT = new Referrer(NONE, "direct");

    boolean isNone() {
      return address.equals(NONE);
    }
  }

  /** A paid campaign or a mailing. */
  public record Campaign(String source, String medium, String name, Referrer referrer) {}

  /**
   * A visitor's country; the network is the first half of the address.
   *
   * @param cities the places of the four quarters of the network
   */
  public record Country(String code, String currency, String network, List<String> cities) {
    public Country {
      cities = List.copyOf(cities);
    }
  }
}
