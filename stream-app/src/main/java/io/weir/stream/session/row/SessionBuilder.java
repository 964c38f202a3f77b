package io.weir.stream.session.row;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.stream.session.rules.BotRules;
import io.weir.stream.session.sums.AdClicks;
import io.weir.stream.session.sums.Behaviour;
import io.weir.stream.session.sums.CartValue;
import io.weir.stream.session.sums.Engagement;
import io.weir.stream.session.sums.EventCounts;
import io.weir.stream.session.sums.Fold;
import io.weir.stream.session.sums.Funnel;
import io.weir.stream.session.sums.GoalSums;
import io.weir.stream.session.sums.Latest;
import io.weir.stream.session.sums.Orders;
import io.weir.stream.session.sums.Sales;
import io.weir.stream.session.sums.SessionSums;
import io.weir.stream.session.sums.TextList;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchType;
import io.weir.stream.session.visitor.SessionSlice;
import io.weir.stream.session.visitor.VisitorState;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the contract's session from a slice: one pass over its touches. */
public final class SessionBuilder {
  private static final int PURCHASE = TouchType.PURCHASE.code();
  private static final int PAGE_PING = TouchType.PAGE_PING.code();

  private final TouchRun live;
  private final Texts texts;
  private final SessionSlice slice;
  private final Orders orders;
  private final EventCounts counts = new EventCounts();
  private final Engagement engagement = new Engagement();
  private final Funnel funnel = new Funnel();
  private final Latest latest = new Latest();
  private final RefSet pages;
  private final RefSet products;
  private final RefSet categories;
  private final Session row = new Session();
  private @Nullable AdClicks ads;
  private @Nullable Sales sales;
  private @Nullable CartValue cart;
  private @Nullable GoalSums goals;
  private @Nullable FeatureInputs features;
  private int lateEvents;
  private long longestGap;

  private SessionBuilder(VisitorState state, SessionSlice slice) {
    this.live = state.live();
    this.texts = live.dictionary().texts();
    this.slice = slice;
    this.orders = state.orders();
    this.pages = new RefSet(texts.size());
    this.products = new RefSet(texts.size());
    this.categories = new RefSet(texts.size());
  }

  /** The revision is 0 until the caller sets it. */
  public static Session of(String visitor, VisitorState state, SessionSlice slice, BotRules bots) {
    var row = new SessionBuilder(state, slice);
    row.start(visitor);
    String behaviour = slice.folds().isEmpty() ? row.fill(bots) : row.fillFolded(bots);
    String reason = row.row.getIsBot() ? "agent" : behaviour;
    row.row.setBotReason(reason);
    row.row.setIsBot(reason != null);
    return row.row;
  }

  public static Session retracted(String visitor, long start, int revision) {
    Session row = new Session();
    row.setSessionKey(SessionKey.of(visitor, start));
    row.setRevision(revision);
    row.setIsRetracted(true);
    row.setVisitorId(visitor);
    row.setStartTime(start);
    row.setEndTime(start);
    row.setPages(List.of());
    row.setProducts(List.of());
    row.setCategories(List.of());
    AdClicks.fillNone(row);
    row.setGoals(List.of());
    row.setRevenueE4(new HashMap<>());
    row.setRefundedE4(new HashMap<>());
    row.setCartValueE4(new HashMap<>());
    row.setCartProducts(List.of());
    row.setFeatures(new FeatureInputs());
    return row;
  }

  private void start(String visitor) {
    row.setSessionKey(SessionKey.of(visitor, slice.start()));
    row.setRevision(0);
    row.setVisitorId(visitor);
    row.setStartTime(slice.start());
    row.setEndTime(slice.end());
    row.setDurationMs(slice.end() - slice.start());
    row.setVisitorSessionNumber(slice.number());
    if (slice.previousEnd() != SessionSlice.NEVER) {
      row.setMsSincePreviousSession(slice.start() - slice.previousEnd());
    }
  }

  private @Nullable String fill(BotRules bots) {
    row.setRevenueE4(new HashMap<>());
    row.setRefundedE4(new HashMap<>());
    row.setCartValueE4(new HashMap<>());
    row.setCartProducts(List.of());
    for (int i = slice.from(); i < slice.to(); i++) {
      add(live.touch(i), i);
    }
    counts.fill(row);
    if (sales != null) {
      sales.fill(row, orders);
    }
    if (cart != null) {
      cart.fill(row);
    }
    engagement.fill(row);
    funnel.fill(row);
    fillAds();
    fillGoals();
    row.setLateEvents(lateEvents);
    setSets();
    row.setFeatures(features == null ? featuresAt(slice.to()) : features);
    return row.getIsBot() ? null : Behaviour.of(slice.liveTouches()).botReason(bots);
  }

  private @Nullable String fillFolded(BotRules bots) {
    SessionSums sums = slice.folds().getFirst().sums();
    for (Fold later : slice.folds().subList(1, slice.folds().size())) {
      sums.addAll(later.sums());
    }
    sums.add(live, slice.from(), slice.to());
    sums.fill(row, orders);
    return sums.botReason(bots);
  }

  private void add(Touch touch, int at) {
    if (touch.type == PURCHASE && features == null) {
      features = featuresAt(at);
    }
    if (at > slice.from()) {
      longestGap = Math.max(longestGap, touch.time - live.touch(at - 1).time);
    }
    counts.add(touch.type);
    latest.add(touch);
    funnel.add(touch.type, touch.time);
    if (touch.type == PAGE_PING) {
      engagement.add(touch.time);
    } else if (AdClicks.isOf(touch.type)) {
      addAd(touch);
    }
    lateEvents += touch.isLate ? 1 : 0;
    pages.add(touch.page);
    addProducts(touch);
    addAmount(touch);
    if (!touch.marks.isEmpty()) {
      addGoals(touch);
    }
    addPage(touch.page);
    if (touch.user != Touch.NONE) {
      row.setUserId(texts.text(touch.user));
    }
    OriginColumns.add(row, live.dictionary().context(touch.context), texts);
  }

  private void addProducts(Touch touch) {
    for (int i = 0; i < touch.products.length; i += 2) {
      products.add(touch.products[i]);
      categories.add(touch.products[i + 1]);
    }
  }

  private void addAmount(Touch touch) {
    if (Sale.isOf(touch.type)) {
      addSale(touch);
    } else if (Sale.isOfCart(touch.type)) {
      addCart(touch);
    }
  }

  private void addSale(Touch touch) {
    if (sales == null) {
      sales = new Sales();
    }
    String currency = texts.text(touch.label);
    List<String> fulfilled = Sales.isOfOrder(touch) ? touch.marks.goals(texts) : List.of();
    sales.add(touch, currency == null ? "" : currency, fulfilled);
  }

  private void addCart(Touch touch) {
    if (cart == null) {
      cart = new CartValue();
    }
    cart.add(touch, texts);
  }

  private void addGoals(Touch touch) {
    if (goals == null) {
      goals = new GoalSums();
    }
    if (!Sales.isOfOrder(touch)) {
      goals.add(touch.marks, texts);
    }
  }

  private void fillGoals() {
    if (goals == null) {
      row.setGoals(List.of());
      return;
    }
    if (sales != null) {
      sales.addGoalsTo(goals, orders);
    }
    goals.fill(row);
  }

  private void addAd(Touch touch) {
    if (ads == null) {
      ads = new AdClicks();
    }
    ads.add(touch.type, texts.text(touch.label), texts.text(touch.page), touch.time);
  }

  private void fillAds() {
    if (ads == null) {
      AdClicks.fillNone(row);
    } else {
      ads.fill(row);
    }
  }

  private void addPage(int number) {
    if (number == Touch.NONE) {
      return;
    }
    String page = texts.text(number);
    row.setExitPage(page);
    if (row.getEntryPage() == null) {
      row.setEntryPage(page);
    }
  }

  private FeatureInputs featuresAt(int end) {
    var inputs = new FeatureInputs();
    counts.fill(inputs);
    int events = end - slice.from();
    inputs.setDurationMs(events == 0 ? 0 : live.touch(end - 1).time - slice.start());
    inputs.setUniquePages(pages.size());
    inputs.setUniqueProducts(products.size());
    inputs.setLongestGapMs(longestGap);
    latest.fill(inputs);
    return inputs;
  }

  private void setSets() {
    row.setUniquePages(pages.size());
    row.setPages(listed(pages));
    row.setUniqueProducts(products.size());
    row.setProducts(listed(products));
    row.setUniqueCategories(categories.size());
    row.setCategories(listed(categories));
  }

  private List<String> listed(RefSet refs) {
    var list = new TextList();
    for (int i = 0; i < refs.size(); i++) {
      String text = texts.text(refs.inOrder(i));
      if (text == null || !list.add(text)) {
        break;
      }
    }
    return list.texts();
  }
}
