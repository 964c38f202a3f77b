package io.weir.simulator.visit;

import io.weir.simulator.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Says what is meant by a click, apart from the way in which it is written. */
public final class Deeds {
  private static final String[] ADS = names("ad", Journey.ADS);
  private static final String[] SLOTS = names("slot ", Journey.ADS);

  private final Catalog catalog;
  private final Page pages;
  private final Map<Long, String> names = new HashMap<>();
  private final JsonBuffer text = new JsonBuffer(200);

  public Deeds(Catalog catalog, World world) {
    this.catalog = catalog;
    this.pages = new Page(world);
  }

  private static String[] names(String start, int count) {
    return IntStream.range(0, count).mapToObj(i -> start + i).toArray(String[]::new);
  }

  public Deed of(Click click) {
    Visit visit = click.visit();
    List<Deed.Line> lines = lines(click);
    var deed =
        new Deed(
            click.visitor().person(),
            click.time(),
            click.idHigh(),
            click.idLow(),
            click.type(),
            click.withUser,
            page(click.page),
            referrerClass(click),
            click.landing ? visit.campaign : null,
            visit.app,
            lines,
            0,
            label(click),
            isOfAd(click) ? SLOTS[click.slot()] : "");
    boolean isWorth =
        switch (click.type()) {
          case CHECKOUT, PURCHASE, REFUND -> true;
          default -> false;
        };
    return isWorth ? deed.worth(deed.amount()) : deed;
  }

  private List<Deed.Line> lines(Click click) {
    if (click.products.size() == 0) {
      return List.of();
    }
    boolean isShort = click.type() == EventType.PRODUCT_VIEW && click.shorthand;
    var lines = new ArrayList<Deed.Line>(click.products.size());
    for (int i = 0; i < click.products.size(); i++) {
      int product = click.products.product(i);
      lines.add(
          new Deed.Line(
              "p" + Catalog.number(product),
              isShort ? "" : catalog.category(product),
              click.products.quantity(i),
              isShort ? -1 : catalog.cents(product)));
    }
    return lines;
  }

  private String page(long page) {
    return names.computeIfAbsent(page, this::name);
  }

  private String name(long page) {
    pages.address(page, text.clear());
    String address = text(text);
    int query = address.indexOf('?');
    return address.substring("https://".length(), query < 0 ? address.length() : query);
  }

  private static String referrerClass(Click click) {
    if (click.landing) {
      return click.visit().referrerClass;
    }
    return click.referrer < 0 ? "direct" : "internal";
  }

  private String label(Click click) {
    if (isOfAd(click)) {
      return ADS[click.ad()];
    }
    if (click.type() == EventType.SEARCH) {
      return new String(pages.word(click.page), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }
    boolean isOfOrder = click.type() == EventType.PURCHASE || click.type() == EventType.REFUND;
    return isOfOrder ? "o" + text(text.clear().hex(click.order, 10)) : "";
  }

  private static boolean isOfAd(Click click) {
    return click.type() == EventType.AD_IMPRESSION || click.type() == EventType.AD_CLICK;
  }

  private static String text(JsonBuffer buffer) {
    return new String(buffer.bytes(), 0, buffer.length(), StandardCharsets.UTF_8);
  }
}
