package io.weir.ingest.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Turns event names of other systems into Weir's types. A name without a counterpart is kept in the
 * form {@code [a-z][a-z0-9_]*}.
 */
public final class EventNames {
  /** The type of a search on the site. */
  public static final String SEARCH = "search";

  /** The property of a search from which stream-app takes the term. */
  public static final String SEARCH_TERM = "search_term";

  private static final int LONGEST = 40;
  private static final int REMEMBERED = 10_000;
  private static final Map<String, String> KNOWN = new HashMap<>();

  static {
    known(
        "page_view",
        "pageview",
        "page",
        "page_viewed",
        "viewed_page",
        "screen",
        "screen_view",
        "screen_viewed",
        "pageviews",
        "hit",
        "visit_page");
    known(
        "product_view",
        "product_viewed",
        "viewed_product",
        "view_item",
        "item_view",
        "view_product",
        "view_content",
        "product_detail",
        "detail",
        "productview",
        "viewcontent");
    known(
        SEARCH,
        "products_searched",
        "view_search_results",
        "site_search",
        "searched",
        "search_performed");
    known("ad_impression", "promotion_viewed", "view_promotion", "promo_view", "impression");
    known("ad_click", "promotion_clicked", "select_promotion", "promo_click");
    known(
        "add_to_cart",
        "product_added",
        "cart",
        "addtocart",
        "add_to_basket",
        "added_to_cart",
        "cart_add");
    known(
        "remove_from_cart",
        "product_removed",
        "removefromcart",
        "remove_from_basket",
        "removed_from_cart",
        "cart_remove");
    known(
        "checkout",
        "begin_checkout",
        "checkout_started",
        "checkout_step",
        "initiate_checkout",
        "initiatecheckout",
        "started_checkout",
        "checkout_step_viewed");
    known(
        "purchase",
        "order_completed",
        "transaction",
        "order",
        "buy",
        "purchased",
        "checkout_completed",
        "placed_order",
        "completed_order",
        "ecommerce_purchase",
        "order_placed");
    known("identify", "identified");
    known("page_ping", "user_engagement", "ping", "heartbeat");
  }

  private final Map<String, String> own;
  private final Map<String, String> remembered = new HashMap<>();

  /**
   * Names with additions.
   *
   * @param own names in any spelling, with their types; they come before the known ones
   */
  public EventNames(Map<String, String> own) {
    var normal = new HashMap<String, String>();
    own.forEach((name, type) -> normal.put(normalised(name), normalised(type)));
    this.own = Map.copyOf(normal);
  }

  private static void known(String type, String... names) {
    KNOWN.put(type, type);
    for (String name : names) {
      KNOWN.put(name, type);
    }
  }

  /** The type of a name; empty if no part of the name can be kept. */
  public String type(String name) {
    String type = remembered.get(name);
    if (type == null) {
      type = found(name);
      if (remembered.size() < REMEMBERED) {
        remembered.put(name, type);
      }
    }
    return type;
  }

  private String found(String name) {
    String normal = normalised(name);
    String mine = own.get(normal);
    return mine != null ? mine : KNOWN.getOrDefault(normal, normal);
  }

  /** The name in lower case, words joined by an underscore, a letter first. */
  static String normalised(String name) {
    var out = new StringBuilder(name.length());
    boolean isGap = false;
    boolean wasLower = false;
    for (int i = 0; i < name.length() && out.length() < LONGEST; i++) {
      char c = name.charAt(i);
      boolean isUpper = c >= 'A' && c <= 'Z';
      boolean isLetter = isUpper || (c >= 'a' && c <= 'z');
      if (!isLetter && (c < '0' || c > '9' || out.isEmpty())) {
        isGap = true;
        continue;
      }
      if (!out.isEmpty() && (isGap || (isUpper && wasLower))) {
        out.append('_');
      }
      out.append(c);
      isGap = false;
      wasLower = !isUpper;
    }
    String text = out.toString().toLowerCase(Locale.ROOT);
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
