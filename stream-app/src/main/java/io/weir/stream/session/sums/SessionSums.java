package io.weir.stream.session.sums;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.Blob;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.rules.BotRules;
import io.weir.stream.session.text.Context;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums over events of a session, which fill its row; the same in any order, except {@link Pace}.
 */
public final class SessionSums {
  private static final int PURCHASE = TouchType.PURCHASE.code();
  private static final int PAGE_PING = TouchType.PAGE_PING.code();

  private final EventCounts counts;
  private final FirstTexts pages;
  private final FirstTexts products;
  private final FirstTexts categories;
  private final Engagement engagement;
  private final Funnel funnel;
  private final Origins origins;
  private final Pace pace;
  private final AdClicks ads;
  private final Sales sales;
  private GoalSums goals = new GoalSums();
  private CartValue cart = new CartValue();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long digest;
  private int lateEvents;

  /** The campaign of the last event that named one; see {@link Context#campaign}. */
  private long campaign;

  private @Nullable RankedTexts entryPage;
  private @Nullable RankedTexts exitPage;
  private @Nullable RankedTexts user;

  public SessionSums() {
    this.counts = new EventCounts();
    this.pages = new FirstTexts();
    this.products = new FirstTexts();
    this.categories = new FirstTexts();
    this.engagement = new Engagement();
    this.funnel = new Funnel();
    this.origins = new Origins();
    this.pace = new Pace();
    this.ads = new AdClicks();
    this.sales = new Sales();
  }

  private SessionSums(ByteReader in) {
    this.counts = EventCounts.read(in);
    this.pages = FirstTexts.read(in);
    this.products = FirstTexts.read(in);
    this.categories = FirstTexts.read(in);
    this.engagement = Engagement.read(in);
    this.funnel = Funnel.read(in);
    this.origins = Origins.read(in);
    this.pace = Pace.read(in);
    this.ads = AdClicks.read(in);
    this.sales = Sales.read(in);
  }

  /** Adds a range of touches. */
  public void add(TouchRun live, int from, int to) {
    for (int i = from; i < to; i++) {
      add(live.touch(i), live);
    }
    List<Touch> added = live.touches(from, to);
    pace.readBehaviour(added);
    addEnds(added, live.dictionary().texts());
  }

  /** Updates the first and last texts. Only the ends can have them: the touches are in order. */
  private void addEnds(List<Touch> added, Texts texts) {
    for (Touch touch : added) {
      if (touch.page != Touch.NONE) {
        entryPage = RankedTexts.first(entryPage, RankedTexts.of(touch, 0, text(texts, touch.page)));
        break;
      }
    }
    boolean hasPage = false;
    boolean hasUser = false;
    for (int i = added.size() - 1; i >= 0 && !(hasPage && hasUser); i--) {
      Touch touch = added.get(i);
      if (!hasPage && touch.page != Touch.NONE) {
        exitPage = RankedTexts.last(exitPage, RankedTexts.of(touch, 0, text(texts, touch.page)));
        hasPage = true;
      }
      if (!hasUser && touch.user != Touch.NONE) {
        user = RankedTexts.last(user, RankedTexts.of(touch, 0, text(texts, touch.user)));
        hasUser = true;
      }
    }
  }

  private void add(Touch touch, TouchRun live) {
    Texts texts = live.dictionary().texts();
    if (touch.type == PURCHASE) {
      pace.freezeFeatures(this::features);
    }
    addAmount(touch, texts);
    pace.add(touch, counts.all() == 0 ? touch.time : last);
    first = Math.min(first, touch.time);
    last = Math.max(last, touch.time);
    digest += touch.digest();
    counts.add(touch.type);
    funnel.add(touch.type, touch.time);
    if (touch.type == PAGE_PING) {
      engagement.add(touch.time);
    } else if (AdClicks.isOf(touch.type)) {
      ads.add(touch.type, texts.text(touch.label), texts.text(touch.page), touch.time);
    }
    lateEvents += touch.isLate ? 1 : 0;
    addTexts(touch, texts);
    Context context = live.dictionary().context(touch.context);
    origins.add(touch, context, texts);
    campaign = context.hasCampaign() ? context.campaign(texts) : campaign;
  }

  private void addAmount(Touch touch, Texts texts) {
    if (Sale.isOf(touch.type)) {
      sales.add(touch, text(texts, touch.label), goalsOfOrder(touch, texts));
    } else if (Sale.isOfCart(touch.type)) {
      cart.add(touch, texts);
    }
    if (!touch.marks.isEmpty() && !Sales.isOfOrder(touch)) {
      goals.add(touch.marks, texts);
    }
  }

  private static List<String> goalsOfOrder(Touch touch, Texts texts) {
    return Sales.isOfOrder(touch) ? touch.marks.goals(texts) : List.of();
  }

  private void addTexts(Touch touch, Texts texts) {
    if (touch.page != Touch.NONE) {
      pages.add(touch, 0, text(texts, touch.page));
    }
    for (int i = 0; i < touch.products.length; i += 2) {
      products.add(touch, i, text(texts, touch.products[i]));
      if (touch.products[i + 1] != Touch.NONE) {
        categories.add(touch, i, text(texts, touch.products[i + 1]));
      }
    }
  }

  /** The text of a number; empty for none, as for a currency that was not given. */
  private static String text(Texts texts, int number) {
    String text = texts.text(number);
    return text == null ? "" : text;
  }

  public void addAll(SessionSums later) {
    if (counts.all() > 0) {
      pace.addPause(later.first - last);
    }
    counts.addAll(later.counts);
    pages.addAll(later.pages);
    products.addAll(later.products);
    categories.addAll(later.categories);
    engagement.addAll(later.engagement);
    funnel.addAll(later.funnel);
    origins.addAll(later.origins);
    pace.addAll(later.pace);
    ads.addAll(later.ads);
    sales.addAll(later.sales);
    goals.addAll(later.goals);
    cart.addAll(later.cart);
    first = Math.min(first, later.first);
    last = Math.max(last, later.last);
    digest += later.digest;
    lateEvents += later.lateEvents;
    campaign = later.campaign == 0 ? campaign : later.campaign;
    entryPage = RankedTexts.first(entryPage, later.entryPage);
    exitPage = RankedTexts.last(exitPage, later.exitPage);
    user = RankedTexts.last(user, later.user);
  }

  /**
   * Fills the row's columns that follow from the events.
   *
   * @param orders all of the visitor's
   */
  public void fill(Session row, Orders orders) {
    counts.fill(row);
    sales.fill(row, orders);
    engagement.fill(row);
    funnel.fill(row);
    ads.fill(row);
    row.setLateEvents(lateEvents);
    var allGoals = new GoalSums();
    allGoals.addAll(goals);
    sales.addGoalsTo(allGoals, orders);
    allGoals.fill(row);
    cart.fill(row);
    row.setUniquePages(pages.count());
    row.setPages(pages.listed());
    row.setUniqueProducts(products.count());
    row.setProducts(products.listed());
    row.setUniqueCategories(categories.count());
    row.setCategories(categories.listed());
    row.setEntryPage(entryPage == null ? null : entryPage.text(0));
    row.setExitPage(exitPage == null ? null : exitPage.text(0));
    row.setUserId(user == null ? null : user.text(0));
    origins.fill(row);
    pace.freezeFeatures(this::features);
    row.setFeatures(pace.features());
  }

  private FeatureInputs features() {
    var inputs = new FeatureInputs();
    counts.fill(inputs);
    inputs.setDurationMs(counts.all() == 0 ? 0 : last - first);
    inputs.setUniquePages(pages.count());
    inputs.setUniqueProducts(products.count());
    pace.fill(inputs);
    return inputs;
  }

  public @Nullable String botReason(BotRules rules) {
    return pace.behaviour().botReason(rules);
  }

  /** Encodes the sums as a fold, which a visitor's state keeps. */
  public Fold toFold() {
    var out = new ByteWriter(1 << 10);
    write(out);
    boolean isSilent = counts.of(TouchType.IDENTIFY) == counts.all();
    return new Fold(first, last, isSilent, counts.all(), digest, campaign, new Blob(out.toBytes()));
  }

  private void write(ByteWriter out) {
    counts.write(out);
    pages.write(out);
    products.write(out);
    categories.write(out);
    engagement.write(out);
    funnel.write(out);
    origins.write(out);
    pace.write(out);
    ads.write(out);
    sales.write(out);
    out.fixed(first);
    out.fixed(last);
    out.fixed(digest);
    out.varint(lateEvents);
    out.fixed(campaign);
    RankedTexts.write(entryPage, out);
    RankedTexts.write(exitPage, out);
    RankedTexts.write(user, out);
    goals.write(out);
    sales.writeGoals(out);
    cart.write(out);
    ads.writePlaces(out);
    cart.writeProducts(out);
    pace.writeLatest(out);
  }

  static SessionSums read(ByteReader in) {
    var sums = new SessionSums(in);
    sums.first = in.fixed();
    sums.last = in.fixed();
    sums.digest = in.fixed();
    sums.lateEvents = in.varint();
    sums.campaign = in.fixed();
    sums.entryPage = RankedTexts.read(in);
    sums.exitPage = RankedTexts.read(in);
    sums.user = RankedTexts.read(in);
    // A fold of an earlier version ends here.
    if (!in.isAtEnd()) {
      sums.goals = GoalSums.read(in);
      sums.sales.readGoals(in);
    }
    if (!in.isAtEnd()) {
      sums.cart = CartValue.read(in);
    }
    if (in.isAtEnd()) {
      sums.ads.forgetPlaces();
    } else {
      sums.ads.readPlaces(in);
      sums.cart.readProducts(in);
    }
    if (!in.isAtEnd()) {
      sums.pace.readLatest(in);
    }
    return sums;
  }
}
