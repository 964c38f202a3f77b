package io.weir.simulator.visit;

import static io.weir.simulator.json.JsonBuffer.ascii;
import static java.util.Objects.requireNonNull;

import io.weir.simulator.json.JsonBuffer;
import java.util.EnumMap;

/** Writes a click as JSON of the raw contract. The ids and the time stand first. */
public final class ClickWriter {
  private static final byte[] EVENT_ID = ascii("{\"event_id\":\"");
  private static final byte[] EVENT_TIME = ascii(",\"event_time\":\"");
  private static final byte[] SENT_AT = ascii("\",\"sent_at\":\"");
  private static final byte[] RECEIVED_AT = ascii("\",\"received_at\":\"");
  private static final byte[] SESSION_ID = ascii(",\"session_id\":\"");
  private static final byte[] URL = ascii(",\"url\":\"");
  private static final byte[] REFERRER = ascii("\",\"referrer\":\"");
  private static final byte[] TITLE = ascii("\",\"page_title\":\"");
  private static final byte[] PRODUCTS = ascii(",\"products\":[");
  private static final byte[] PRODUCT_ID = ascii(",\"product_id\":\"p");
  private static final byte[] QUANTITY = ascii(",\"quantity\":");
  private static final byte[] POSITION = ascii(",\"position\":");
  private static final byte[] ORDER_ID = ascii(",\"order_id\":\"o");
  private static final byte[] VALUE = ascii(",\"value\":");
  private static final byte[] AD_ID = ascii(",\"ad_id\":\"ad");
  private static final byte[] SLOT = ascii("\",\"properties\":{\"position\":\"slot ");
  private static final byte[] DEPTH = ascii(",\"properties\":{\"scroll_depth\":");
  private static final byte[] QUERY = ascii(",\"properties\":{\"query\":\"");
  private static final byte[] RESULTS = ascii("\",\"results\":");
  private static final int EVENTS_PER_CLIENT_SESSION = 15;

  private final EnumMap<EventType, byte[]> types = new EnumMap<>(EventType.class);
  private final Catalog catalog;
  private final Page pages;
  private final CampaignWriter campaigns = new CampaignWriter();

  public ClickWriter(Catalog catalog, World world) {
    this.catalog = catalog;
    this.pages = new Page(world);
    for (EventType type : EventType.values()) {
      types.put(type, ascii("\",\"event_type\":\"" + type.code() + "\""));
    }
  }

  /**
   * Replaces the buffer's content; {@code delay} is how late the tracker sends, in milliseconds.
   */
  public void write(Click click, long delay, JsonBuffer out) {
    Visitor visitor = click.visitor();
    out.clear().put(EVENT_ID).uuid(click.idHigh, click.idLow);
    out.put(requireNonNull(types.get(click.type)));
    times(click, visitor, delay, out);
    out.put(visitor.anonymousJson());
    if (click.withUser) {
      out.put(visitor.userJson());
    }
    session(click.visit(), out);
    page(click, out);
    details(click, visitor, out);
    out.put(click.visit().appJson).put(visitor.tailJson());
  }

  private static void times(Click click, Visitor visitor, long delay, JsonBuffer out) {
    long told = click.time + visitor.clockOffset();
    out.put(EVENT_TIME).instant(told);
    switch (visitor.times()) {
      case NONE -> {}
      case SENT -> out.put(SENT_AT).instant(told + delay);
      case SENT_AND_RECEIVED -> {
        out.put(SENT_AT).instant(told + delay);
        out.put(RECEIVED_AT).instant(click.time + delay);
      }
    }
    out.put('"');
  }

  /** Writes a client's own session id, which changes more often than the visit. */
  private static void session(Visit visit, JsonBuffer out) {
    if ((visit.sessionBits & 3) != 0) {
      out.put(SESSION_ID).hex(visit.sessionBits, 8).put('-');
      out.number(visit.done() / EVENTS_PER_CLIENT_SESSION).put('"');
    }
  }

  private void page(Click click, JsonBuffer out) {
    Visit visit = click.visit();
    out.put(URL);
    pages.address(click.page, out);
    World.Campaign campaign = click.landing ? visit.campaign : null;
    boolean tagged = campaign != null && (visit.sessionBits & 4) == 0;
    if (campaign != null && tagged) {
      campaigns.tag(campaign, Page.kind(click.page) == Page.SEARCH ? '&' : '?', out);
    }
    if (click.landing) {
      external(visit.externalReferrer, out);
    } else if (click.referrer >= 0) {
      out.put(REFERRER);
      pages.address(click.referrer, out);
    }
    if (click.type == EventType.PAGE_VIEW || click.type == EventType.PRODUCT_VIEW) {
      out.put(TITLE);
      pages.title(click.page, out);
    }
    out.put('"');
    if (campaign != null && !tagged) {
      campaigns.object(campaign, out);
    }
  }

  private static void external(byte[] referrer, JsonBuffer out) {
    if (referrer.length > 0) {
      out.put(REFERRER).put(referrer);
    }
  }

  private void details(Click click, Visitor visitor, JsonBuffer out) {
    switch (click.type) {
      case PRODUCT_VIEW -> view(click, out);
      case ADD_TO_CART, REMOVE_FROM_CART -> products(click.products, out);
      case CHECKOUT -> {
        products(click.products, out);
        value(click.products, visitor, out);
      }
      case PURCHASE, REFUND -> {
        products(click.products, out);
        out.put(ORDER_ID).hex(click.order, 10).put('"');
        value(click.products, visitor, out);
      }
      case AD_IMPRESSION, AD_CLICK -> {
        out.put(AD_ID).number(click.ad());
        out.put(SLOT).number(click.slot()).put("\"}");
      }
      case PAGE_PING -> out.put(DEPTH).number(click.detail).put('}');
      case SEARCH -> {
        out.put(QUERY).put(pages.word(click.page));
        out.put(RESULTS).number(click.detail).put('}');
      }
      case PAGE_VIEW, IDENTIFY -> {}
    }
  }

  private void view(Click click, JsonBuffer out) {
    if (click.shorthand) {
      out.put(PRODUCT_ID).number(Catalog.number(click.products.product(0))).put('"');
    } else {
      products(click.products, out);
    }
  }

  private void products(Cart products, JsonBuffer out) {
    out.put(PRODUCTS);
    for (int i = 0; i < products.size(); i++) {
      if (i > 0) {
        out.put(',');
      }
      out.put(catalog.json(products.product(i))).put(QUANTITY).number(products.quantity(i));
      out.put(POSITION).number(i + 1).put('}');
    }
    out.put(']');
  }

  private void value(Cart products, Visitor visitor, JsonBuffer out) {
    out.put(VALUE).cents(cents(products)).put(visitor.currencyJson());
  }

  private long cents(Cart products) {
    long cents = 0;
    for (int i = 0; i < products.size(); i++) {
      cents += (long) catalog.cents(products.product(i)) * products.quantity(i);
    }
    return cents;
  }
}
