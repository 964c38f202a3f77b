package io.weir.benchmarks.load;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The JSON text of clicks in a shop, about 540 bytes each, and the revenue of the last one. */
final class ClickText {
  static final List<String> HOSTS =
      List.of("www.weir-shop.com", "m.weir-shop.com", "www.weir-shop.de", "www.weir-shop.co.uk");
  static final List<String> AGENTS = agents();

  private static final int PRODUCTS = 5_000;
  private static final int LEAST_CENTS = 199;
  private static final int MOST_EXTRA_CENTS = 30_000;
  private static final long DAY_MILLIS = 86_400_000;
  private static final List<String> CATEGORIES =
      List.of(
          "shoes",
          "books",
          "garden",
          "kitchen",
          "lighting",
          "bicycles",
          "camping",
          "office",
          "music",
          "toys",
          "watches",
          "tools",
          "pets",
          "beauty",
          "games",
          "furniture");
  private static final List<String> SOURCES =
      List.of("google", "newsletter", "facebook", "bing", "instagram", "partner", "direct", "app");
  private static final List<String> MEDIA =
      List.of("cpc", "email", "social", "organic", "display", "referral");
  private static final List<String> CAMPAIGNS =
      List.of(
          "spring-sale",
          "summer-sale",
          "new-arrivals",
          "brand",
          "clearance",
          "loyalty",
          "retargeting",
          "app-install");
  private static final List<String> REFERRERS =
      List.of(
          "https://www.google.com/search?q=trail+shoes",
          "https://www.bing.com/search?q=desk+lamp",
          "https://duckduckgo.com/",
          "https://www.facebook.com/",
          "https://www.instagram.com/",
          "https://t.co/a1B2c",
          "https://blog.example.org/ten-best-tents",
          "");
  private static final List<String> QUERIES =
      List.of("trail+shoes", "desk+lamp", "tent+4+persons", "chess+set", "rain+jacket", "blender");

  private final SplittableRandom random;
  private final int[] cents = new int[PRODUCTS];
  private final StringBuilder text = new StringBuilder(1_024);
  private long revenueCents;
  private long day = Long.MIN_VALUE;
  private String dayText = "";

  ClickText(SplittableRandom random) {
    this.random = random;
    for (int i = 0; i < PRODUCTS; i++) {
      cents[i] = LEAST_CENTS + random.nextInt(MOST_EXTRA_CENTS);
    }
  }

  private static List<String> agents() {
    var agents = new ArrayList<String>();
    for (int version = 118; version < 140; version++) {
      for (String system :
          List.of(
              "Windows NT 10.0; Win64; x64",
              "Macintosh; Intel Mac OS X 10_15_7",
              "X11; Linux x86_64")) {
        String chrome =
            "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36"
                .formatted(system, version);
        agents.add(chrome);
        agents.add(chrome + " Edg/%d.0.2592.81".formatted(version));
        agents.add(
            "Mozilla/5.0 (%s; rv:%d.0) Gecko/20100101 Firefox/%d.0"
                .formatted(system, version, version));
      }
      agents.add(
          "Mozilla/5.0 (iPhone; CPU iPhone OS %d_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%d.2 Mobile/15E148 Safari/604.1"
              .formatted(version - 105, version - 105));
    }
    agents.add("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
    return List.copyOf(agents);
  }

  /** The revenue of the click that was written last. */
  long revenueCents() {
    return revenueCents;
  }

  /** Writes the next click of a shopper. */
  String write(Shopper shopper, long time) {
    int product = random.nextInt(PRODUCTS);
    String type = type(shopper);
    revenueCents = 0;
    text.setLength(0);
    text.append("{\"event_id\":\"");
    uuid();
    text.append("\",\"event_type\":\"").append(type).append("\",\"event_time\":\"");
    instant(time);
    text.append("\",\"user_id\":\"").append(shopper.id);
    text.append("\",\"session_id\":\"").append(shopper.sessionId());
    text.append("\",\"url\":\"");
    address(shopper, type, product);
    text.append("\",\"referrer\":\"");
    if (shopper.isFirstClick()) {
      text.append(REFERRERS.get(shopper.sessionHash() / 3 % REFERRERS.size()));
    } else {
      text.append("https://").append(HOSTS.get(shopper.host)).append("/category/");
      text.append(category(product));
    }
    text.append("\",\"user_agent\":\"").append(AGENTS.get(shopper.agent));
    text.append("\",\"ip_address\":\"");
    ip(shopper.address);
    text.append("\",\"products\":[");
    products(type, product);
    return text.append("]}").toString();
  }

  /** The mix of a shop: one click in 43 buys. */
  private String type(Shopper shopper) {
    int part = random.nextInt(1_000);
    if (shopper.isFirstClick() || part < 370) {
      return "page_view";
    }
    if (part < 640) {
      return "product_view";
    }
    if (part < 760) {
      return "search";
    }
    if (part < 840) {
      return "ad_impression";
    }
    if (part < 860) {
      return "ad_click";
    }
    if (part < 935) {
      return "add_to_cart";
    }
    if (part < 950) {
      return "remove_from_cart";
    }
    return part < 977 ? "checkout" : "purchase";
  }

  private static String category(int product) {
    return CATEGORIES.get(product % CATEGORIES.size());
  }

  private void address(Shopper shopper, String type, int product) {
    text.append("https://").append(HOSTS.get(shopper.host));
    switch (type) {
      case "product_view", "add_to_cart", "ad_click" ->
          text.append("/product/p").append(10_000 + product).append('?');
      case "search" ->
          text.append("/search?q=").append(QUERIES.get(product % QUERIES.size())).append('&');
      case "checkout" -> text.append("/checkout/payment?");
      case "purchase" -> text.append("/checkout/done?");
      case "remove_from_cart" -> text.append("/cart?");
      default -> text.append(product % 4 == 0 ? "/?" : "/category/" + category(product) + "?");
    }
    int hash = shopper.sessionHash();
    text.append("utm_source=").append(SOURCES.get(hash % SOURCES.size()));
    text.append("&utm_medium=").append(MEDIA.get(hash % MEDIA.size()));
    text.append("&utm_campaign=").append(CAMPAIGNS.get(hash / 8 % CAMPAIGNS.size()));
  }

  private void products(String type, int first) {
    boolean isOrder = type.equals("checkout") || type.equals("purchase");
    int count =
        switch (type) {
          case "page_view", "search" -> 0;
          case "checkout", "purchase" -> 1 + random.nextInt(3);
          default -> 1;
        };
    for (int i = 0; i < count; i++) {
      int product = i == 0 ? first : random.nextInt(PRODUCTS);
      int quantity = isOrder ? 1 + random.nextInt(3) : 1;
      text.append(i == 0 ? "" : ",").append("{\"product_id\":\"p").append(10_000 + product);
      text.append("\",\"category\":\"").append(category(product)).append("\",\"price\":");
      text.append(cents[product] / 100).append('.');
      padded(cents[product] % 100, 2);
      text.append(",\"quantity\":").append(quantity).append('}');
      if (type.equals("purchase")) {
        revenueCents += (long) cents[product] * quantity;
      }
    }
  }

  private void uuid() {
    String hex = "%016x%016x".formatted(random.nextLong(), random.nextLong());
    text.append(hex, 0, 8).append('-').append(hex, 8, 12).append("-4").append(hex, 13, 16);
    text.append("-a").append(hex, 17, 20).append('-').append(hex, 20, 32);
  }

  private void instant(long time) {
    long today = Math.floorDiv(time, DAY_MILLIS);
    if (today != day) {
      day = today;
      dayText = LocalDate.ofEpochDay(today).toString();
    }
    int millis = (int) Math.floorMod(time, DAY_MILLIS);
    text.append(dayText).append('T');
    padded(millis / 3_600_000, 2);
    text.append(':');
    padded(millis / 60_000 % 60, 2);
    text.append(':');
    padded(millis / 1_000 % 60, 2);
    text.append('.');
    padded(millis % 1_000, 3);
    text.append('Z');
  }

  private void padded(int number, int digits) {
    for (int least = digits == 3 ? 100 : 10; least > 1 && number < least; least /= 10) {
      text.append('0');
    }
    text.append(number);
  }

  private void ip(int address) {
    text.append(address >>> 24).append('.').append(address >>> 16 & 255).append('.');
    text.append(address >>> 8 & 255).append('.').append(address & 255);
  }
}
