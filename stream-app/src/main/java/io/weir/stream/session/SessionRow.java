package io.weir.stream.session;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the contract's session from a slice: one pass over its touches. */
final class SessionRow {
  private static final int PURCHASE = EventType.PURCHASE.code();

  private final Stretch live;
  private final Texts texts;
  private final Slice slice;
  private final EventCounts counts = new EventCounts();
  private final RefSet pages;
  private final RefSet products;
  private final RefSet categories;
  private final Session row = new Session();
  private @Nullable FeatureInputs features;
  private int lateEvents;
  private long longestGap;

  private SessionRow(VisitorState state, Slice slice) {
    this.live = state.live();
    this.texts = live.dictionary().texts();
    this.slice = slice;
    this.pages = new RefSet(texts.size());
    this.products = new RefSet(texts.size());
    this.categories = new RefSet(texts.size());
  }

  /** Its revision is 0 until somebody knows better. */
  static Session of(String visitor, VisitorState state, Slice slice, BotRules bots) {
    var row = new SessionRow(state, slice);
    row.start(visitor);
    String behaviour =
        slice.folds().isEmpty() ? row.fill(bots) : row.fillFolded(bots);
    String reason = row.row.getIsBot() ? "agent" : behaviour;
    row.row.setBotReason(reason);
    row.row.setIsBot(reason != null);
    return row.row;
  }

  static Session retracted(String visitor, long start, int revision) {
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
    row.setRevenueE4(new HashMap<>());
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
    if (slice.previousEnd() != Slice.NEVER) {
      row.setMsSincePreviousSession(slice.start() - slice.previousEnd());
    }
  }

  private @Nullable String fill(BotRules bots) {
    row.setRevenueE4(new HashMap<>());
    for (int i = slice.from(); i < slice.to(); i++) {
      add(live.touch(i), i);
    }
    counts.fill(row);
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
    sums.fill(row);
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
    lateEvents += touch.isLate ? 1 : 0;
    pages.add(touch.page);
    for (int i = 0; i < touch.products.length; i += 2) {
      products.add(touch.products[i]);
      categories.add(touch.products[i + 1]);
    }
    if (touch.type == PURCHASE) {
      String currency = texts.text(touch.currency);
      row.getRevenueE4().merge(currency == null ? "" : currency, touch.revenue, Revenue::plus);
    }
    if (touch.page != Touch.NONE) {
      String page = texts.text(touch.page);
      row.setExitPage(page);
      if (row.getEntryPage() == null) {
        row.setEntryPage(page);
      }
    }
    if (touch.user != Touch.NONE) {
      row.setUserId(texts.text(touch.user));
    }
    SessionOrigin.add(row, live.dictionary().context(touch.context), texts);
  }

  private FeatureInputs featuresAt(int end) {
    var inputs = new FeatureInputs();
    counts.fill(inputs);
    int events = end - slice.from();
    inputs.setDurationMs(events == 0 ? 0 : live.touch(end - 1).time - slice.start());
    inputs.setUniquePages(pages.size());
    inputs.setUniqueProducts(products.size());
    inputs.setLongestGapMs(longestGap);
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
