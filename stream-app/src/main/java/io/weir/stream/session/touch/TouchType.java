package io.weir.stream.session.touch;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The core event types as a session counts them. */
public enum TouchType {
  PAGE_VIEW(0),
  PRODUCT_VIEW(1),
  SEARCH(2),
  AD_IMPRESSION(3),
  AD_CLICK(4),
  ADD_TO_CART(5),
  REMOVE_FROM_CART(6),
  CHECKOUT(7),
  PURCHASE(8),
  IDENTIFY(9),
  PAGE_PING(10),
  OTHER(11),
  REFUND(12);

  public static final int COUNT = 13;

  private static final TouchType[] BY_CODE = byCode();

  private final int code;
  private final String text;

  TouchType(int code) {
    this.code = code;
    this.text = name().toLowerCase(Locale.ROOT);
  }

  private static TouchType[] byCode() {
    var types = new TouchType[COUNT];
    for (TouchType type : values()) {
      types[type.code] = type;
    }
    return types;
  }

  /** The type with a code. */
  public static TouchType ofCode(int code) {
    return BY_CODE[code];
  }

  /** The event type's name; null if any other could have this one. */
  public @Nullable String text() {
    return this == OTHER ? null : text;
  }

  /** The code is stored, so it never changes. */
  public int code() {
    return code;
  }

  public static TouchType of(String name) {
    return switch (name) {
      case "page_view" -> PAGE_VIEW;
      case "product_view" -> PRODUCT_VIEW;
      case "search" -> SEARCH;
      case "ad_impression" -> AD_IMPRESSION;
      case "ad_click" -> AD_CLICK;
      case "add_to_cart" -> ADD_TO_CART;
      case "remove_from_cart" -> REMOVE_FROM_CART;
      case "checkout" -> CHECKOUT;
      case "purchase" -> PURCHASE;
      case "identify" -> IDENTIFY;
      case "page_ping" -> PAGE_PING;
      case "refund" -> REFUND;
      default -> OTHER;
    };
  }
}
