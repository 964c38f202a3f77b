package io.weir.simulator.visit;

import static io.weir.simulator.json.JsonBuffer.ascii;

import io.weir.simulator.json.JsonBuffer;

/** The shop's pages: addresses and titles, each a kind and a number packed into one long. */
final class Page {
  static final int GUIDES = 400;

  private static final byte[] SITE = ascii("https://shop.example/");
  private static final byte[][] PATHS = {
    ascii(""),
    ascii("c/"),
    ascii("guide/"),
    ascii("search?q="),
    ascii("p/"),
    ascii("cart"),
    ascii("checkout"),
    ascii("order/thanks")
  };
  private static final byte[][] TITLES = {
    ascii("Weir Shop"),
    ascii("Department "),
    ascii("Guide no. "),
    ascii("Results for "),
    ascii("Product "),
    ascii("Your cart"),
    ascii("Checkout – step 1"),
    ascii("Thank you!")
  };

  static final int HOME = 0;
  static final int CATEGORY = 1;
  static final int GUIDE = 2;
  static final int SEARCH = 3;
  static final int PRODUCT = 4;
  static final int CART = 5;
  static final int CHECKOUT = 6;
  static final int THANKS = 7;

  private final byte[][] categories;
  private final byte[][] words;
  private final byte[][] searches;

  Page(World world) {
    categories = new byte[world.categories().size()][];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = ascii(world.categories().get(i));
    }
    words = new byte[world.words().size()][];
    searches = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      words[i] = ascii(world.words().get(i).text());
      searches[i] = ascii(world.words().get(i).text().replace(' ', '+'));
    }
  }

  static long of(int kind, int number) {
    return (long) kind << 32 | number;
  }

  static int kind(long page) {
    return (int) (page >>> 32);
  }

  byte[] word(long page) {
    return words[(int) page];
  }

  void address(long page, JsonBuffer out) {
    int kind = kind(page);
    int number = (int) page;
    out.put(SITE).put(PATHS[kind]);
    switch (kind) {
      case CATEGORY -> out.put(categories[number]);
      case GUIDE -> out.number(number);
      case SEARCH -> out.put(searches[number]);
      case PRODUCT -> out.number(Catalog.number(number));
      default -> {}
    }
  }

  void title(long page, JsonBuffer out) {
    int kind = kind(page);
    int number = (int) page;
    out.put(TITLES[kind]);
    switch (kind) {
      case CATEGORY -> out.put(categories[number]);
      case GUIDE -> out.number(number);
      case SEARCH -> out.put(words[number]);
      case PRODUCT -> out.number(Catalog.number(number));
      default -> {}
    }
  }
}
