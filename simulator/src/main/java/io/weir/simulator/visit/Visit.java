package io.weir.simulator.visit;

import static java.util.Objects.requireNonNull;

import io.weir.simulator.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** One visit under way: its shape, its intent and its cart. Reused for later visits. */
public final class Visit implements PageGraph.Mood {
  /** The share of visits of visitors who come back that bring a cart. */
  static final double CARRIED = 0.15;

  private static final int NEVER = -1;

  private final Setting setting;
  private final VisitShape shape;
  final Chance chance = new Chance(0);
  final Cart cart = new Cart();

  /** Only there if somebody foresees; it takes a kilobyte. */
  private @Nullable Belief belief;

  private @Nullable Visitor visitor;
  World.@Nullable Campaign campaign;
  byte[] externalReferrer = {};
  String referrerClass = "";
  String app = "";
  byte[] appJson = {};

  /** What was bought last, and what follows. */
  final Cart bought = new Cart();

  long order;
  long orderedAt;
  Habits.After after = Habits.After.NOTHING;
  private long time;
  private int length;
  private int done;
  private long serial;
  VisitStep last = VisitStep.HOME;
  long page;
  long pageBefore;
  int product;
  int productViews;

  /** The ad that was seen last; -1 is none. */
  int ad;

  long sessionBits;
  boolean known;
  private int identifyAt;
  private long start;
  private boolean returning;
  private double intent;
  private double expectedIntent;
  private double price;
  private double cartFactor;
  private double buyFactor;

  /** The parts that all visits of a simulation share. */
  record Setting(
      Profile profile, World world, Catalog catalog, VisitSeeds seeds, AdAppeal appeal) {}

  Visit(Setting setting) {
    this.setting = setting;
    this.shape = new VisitShape(setting.profile());
  }

  /** Starts the given visit (counted from 0) of the given visitor. */
  void begin(int visitorNumber, int number, long begin, int events) {
    VisitSeeds seeds = setting.seeds();
    shape.begin(seeds.shape(visitorNumber, number), seeds.isBot(visitorNumber));
    chance.restart(seeds.content(visitorNumber, number));
    var who = new Visitor(visitorNumber, seeds.names(), setting.world(), seeds.visitors());
    visitor = who;
    start = begin;
    time = begin;
    returning = number > 0;
    length = events;
    done = 0;
    page = Page.of(Page.HOME, 0);
    pageBefore = -1;
    productViews = 0;
    ad = -1;
    sessionBits = chance.bits();
    app = seeds.isBot(visitorNumber) ? habits().app(0) : habits().app(sessionBits);
    appJson = JsonBuffer.ascii(",\"app_id\":\"" + app + '"');
    after = Habits.After.NOTHING;
    beginIdentity(number);
    beginIntent(who, number);
  }

  private void beginIdentity(int number) {
    boolean hasUser = visitor().userJson().length > 0;
    boolean hasOnlyUser = visitor().anonymousJson().length == 0;
    known = hasUser && (hasOnlyUser || (number > 0 && chance.happens(0.75)));
    // An identify event never stands alone, because it makes no session.
    identifyAt = hasUser && !known && length > 1 ? chance.below(length) : NEVER;
  }

  private void beginIntent(Visitor who, int number) {
    boolean bot = setting.seeds().isBot(who.number());
    boolean fromCampaign = !bot && chance.happens(0.18);
    World.Campaign way = fromCampaign ? setting.world().campaigns().draw(chance) : null;
    campaign = way;
    World.Referrer from = way != null ? way.referrer() : setting.world().referrers().draw(chance);
    World.Referrer shown = bot ? World.Referrer.DIRECT : from;
    referrerClass = shown.kind();
    externalReferrer = shown.isNone() ? new byte[0] : JsonBuffer.ascii(shown.address());
    cart.clear();
    if (number > 0 && chance.happens(CARRIED)) {
      cart.add(setting.catalog().draw(chance), 1);
    }
    intent = who.propensity() + chance.bell() + (number > 0 ? 0.35 : 0) + campaignEffect(way);
    expectedIntent = who.expectedPropensity() + (number > 0 ? 0.35 : 0) + campaignEffect(way);
    product = setting.catalog().draw(chance);
    changeMood();
  }

  private static double campaignEffect(World.@Nullable Campaign campaign) {
    if (campaign == null) {
      return 0;
    }
    return switch (campaign.medium()) {
      case "email" -> 0.6;
      case "cpc" -> 0.25;
      case "paid_social" -> -0.3;
      default -> 0;
    };
  }

  /** Viewed products and a low price make buying likelier. */
  void changeMood() {
    int cents = setting.catalog().cents(product);
    price = cents < 10_000 ? 0.3 : cents > 50_000 ? -0.6 : 0;
    cartFactor = cartFactor(intent);
    buyFactor = buyFactor(intent);
  }

  private double warm(double withIntent) {
    return withIntent + 0.12 * Math.min(productViews, 8);
  }

  /** The factor if the visit had that intent. */
  double cartFactor(double withIntent) {
    return StrictMath.exp(0.7 * warm(withIntent) + price - 0.6);
  }

  double buyFactor(double withIntent) {
    return StrictMath.exp(0.95 * warm(withIntent) + price - 1.0);
  }

  /** Moves on to the next event; false when the visit is over. */
  boolean moveOn() {
    done++;
    if (done >= length) {
      return false;
    }
    time += shape.gap();
    return true;
  }

  boolean identifiesNow() {
    return done == identifyAt;
  }

  boolean landing() {
    return done == 0;
  }

  int done() {
    return done;
  }

  public long time() {
    return time;
  }

  long start() {
    return start;
  }

  Belief belief() {
    if (belief == null) {
      belief = new Belief();
    }
    return belief;
  }

  /** Whether the visitor has been here before. */
  boolean isReturning() {
    return returning;
  }

  /** The mean intent of visits of which one knows no more than machine and campaign. */
  double expectedIntent() {
    return expectedIntent;
  }

  long serial() {
    return serial;
  }

  void enter(long number) {
    serial = number;
  }

  Habits habits() {
    return setting.seeds().habits();
  }

  Visitor visitor() {
    return requireNonNull(visitor);
  }

  /** Whether the truth has probabilities of the visit: it is neither a bot's nor the shop's own. */
  boolean isForeseen() {
    return !isBot() && !setting.seeds().names().isInternal(visitor().number());
  }

  boolean isBot() {
    return setting.seeds().isBot(visitor().number());
  }

  @Override
  public boolean shopping() {
    return shape.shopping();
  }

  @Override
  public boolean hasCart() {
    return cart.size() > 0;
  }

  @Override
  public double cartFactor() {
    return cartFactor;
  }

  @Override
  public double buyFactor() {
    return buyFactor;
  }

  @Override
  public double adFactor() {
    return setting.appeal().factor(ad);
  }
}
