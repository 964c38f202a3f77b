package io.weir.simulator.visit;

import org.jspecify.annotations.Nullable;

/** Turns the next step of a visit into a click. */
final class Journey {
  /** Ads at all places of a page. */
  static final int ADS = 60;

  private static final int CRAWLED_PAGES = 8;

  private final Catalog catalog;
  private final World world;
  private final PageGraph graph = new PageGraph();
  private @Nullable Foresight foresight;

  Journey(Catalog catalog, World world) {
    this.catalog = catalog;
    this.world = world;
  }

  void foresee(Foresight with) {
    foresight = with;
  }

  void advance(Visit visit, Click click) {
    click.visit = visit;
    click.time = visit.time();
    click.landing = visit.landing();
    click.products.clear();
    click.repeats = Click.NEVER;
    identify(click, visit);
    if (visit.identifiesNow()) {
      visit.known = true;
      click.type = EventType.IDENTIFY;
      skip(visit);
    } else if (visit.after != Habits.After.NOTHING) {
      follow(visit, click);
      skip(visit);
    } else {
      step(visit, click);
    }
    click.page = visit.page;
    click.referrer = visit.pageBefore;
    click.withUser = visit.known;
  }

  private void step(Visit visit, Click click) {
    VisitStep before = visit.last;
    VisitStep next = nextStep(visit);
    if (foresight != null) {
      foresight.drawn(visit, before, next);
    }
    take(next, visit, click);
    if (foresight != null && next == VisitStep.SEE_AD) {
      foresight.seen(visit);
    }
  }

  private void skip(Visit visit) {
    if (foresight != null) {
      foresight.waited(visit);
    }
  }

  /** Sets a UUID of version 7: the time first, then bits of the visit's generator. */
  private static void identify(Click click, Visit visit) {
    click.idHigh = visit.time() << 16 | 0x7000 | visit.chance.bits() >>> 52;
    click.idLow = visit.chance.bits() >>> 2 | 1L << 63;
  }

  private VisitStep nextStep(Visit visit) {
    VisitStep step;
    if (visit.isBot()) {
      step = visit.done() % CRAWLED_PAGES == 0 ? VisitStep.CATEGORY : VisitStep.PRODUCT;
    } else if (visit.landing()) {
      boolean advertised = visit.campaign != null && visit.campaign.medium().equals("cpc");
      boolean byAd = advertised && visit.chance.happens(0.5);
      step = byAd ? VisitStep.CLICK_AD : graph.landing(visit, visit.chance);
    } else {
      step = graph.after(visit.last, visit, visit.chance);
    }
    visit.last = step;
    return step;
  }

  private void take(VisitStep step, Visit visit, Click click) {
    click.type = step.type();
    switch (step) {
      case HOME -> open(visit, Page.of(Page.HOME, 0));
      case CATEGORY -> open(visit, Page.of(Page.CATEGORY, category(visit)));
      case GUIDE -> open(visit, Page.of(Page.GUIDE, guide(visit)));
      case SEARCH -> {
        open(visit, Page.of(Page.SEARCH, world.words().drawIndex(visit.chance)));
        click.detail = visit.chance.below(240);
      }
      case PRODUCT -> view(visit, click);
      case STAY -> click.detail = 10 + visit.chance.below(91);
      case SEE_AD -> {
        click.detail = visit.chance.below(ADS);
        visit.ad = click.detail;
      }
      case CLICK_AD -> {
        // A click on an ad of another site saw none here.
        int other = visit.chance.below(ADS);
        click.detail = visit.ad < 0 ? other : visit.ad;
      }
      case ADD -> add(visit, click);
      case REMOVE -> remove(visit, click);
      case CHECKOUT -> {
        open(visit, Page.of(Page.CHECKOUT, 0));
        click.products.copyFrom(visit.cart);
      }
      case BUY -> buy(visit, click);
    }
  }

  private static void open(Visit visit, long page) {
    visit.pageBefore = visit.landing() ? -1 : visit.page;
    visit.page = page;
  }

  private int category(Visit visit) {
    return visit.isBot()
        ? visit.done() / CRAWLED_PAGES % world.categories().size()
        : world.categories().drawIndex(visit.chance);
  }

  private static int guide(Visit visit) {
    double u = visit.chance.unit();
    return (int) (Page.GUIDES * u * u) + 1;
  }

  private void view(Visit visit, Click click) {
    boolean again = visit.productViews > 0 && visit.chance.happens(0.3);
    if (!again) {
      visit.product = catalog.draw(visit.chance);
    }
    visit.productViews++;
    visit.changeMood();
    open(visit, Page.of(Page.PRODUCT, visit.product));
    click.products.add(visit.product, 1);
    click.shorthand = visit.chance.happens(0.1);
  }

  private static void add(Visit visit, Click click) {
    int quantity = visit.chance.happens(0.85) ? 1 : 2 + visit.chance.below(3);
    visit.cart.add(visit.product, quantity);
    click.products.add(visit.product, quantity);
  }

  private static void remove(Visit visit, Click click) {
    int last = visit.cart.size() - 1;
    click.products.add(visit.cart.product(last), visit.cart.quantity(last));
    visit.cart.removeLast();
    open(visit, Page.of(Page.CART, 0));
  }

  private static void buy(Visit visit, Click click) {
    if (visit.cart.size() == 0) {
      visit.cart.add(visit.product, 1);
    }
    click.products.copyFrom(visit.cart);
    visit.cart.clear();
    visit.bought.copyFrom(click.products);
    visit.order = click.idLow;
    visit.orderedAt = click.time;
    visit.after = visit.habits().after(click.idLow);
    click.order = visit.order;
    open(visit, Page.of(Page.THANKS, 0));
  }

  /** What follows a purchase: its page of thanks again, or money back for the first product. */
  private static void follow(Visit visit, Click click) {
    click.order = visit.order;
    if (visit.after == Habits.After.RELOAD) {
      click.type = EventType.PURCHASE;
      click.repeats = visit.orderedAt;
      click.products.copyFrom(visit.bought);
    } else {
      click.type = EventType.REFUND;
      click.products.add(visit.bought.product(0), visit.bought.quantity(0));
    }
    visit.after = Habits.After.NOTHING;
  }
}
