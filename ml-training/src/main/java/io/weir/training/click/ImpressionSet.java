package io.weir.training.click;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.model.feature.ClickFeature;
import io.weir.model.feature.ClickFeatures;
import io.weir.model.feature.ClickRates;
import io.weir.model.feature.VisitorEvent;
import io.weir.model.feature.VisitorPast;
import io.weir.training.session.LabelledRow;
import io.weir.training.session.LabelledRows;
import io.weir.training.session.RateLearning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The events of all visitors, from which the impressions become rows. */
public final class ImpressionSet {
  private static final long DAY_MS = 24 * 3_600_000L;
  private static final List<String> RATES =
      Stream.of(ClickFeature.AD_RATE, ClickFeature.PAGE_RATE, ClickFeature.POSITION_RATE)
          .map(ClickFeature::fieldName)
          .toList();
  static final Comparator<Stored> IN_TIME =
      Comparator.comparingLong((Stored stored) -> stored.event.time())
          .thenComparing(stored -> !stored.event.isImpression())
          .thenComparing(Stored::id);

  private final Map<String, List<Stored>> visitors = new HashMap<>();
  private final LabelledRows.Source source;
  private final RateLearning ads = new RateLearning();
  private final RateLearning pages = new RateLearning();
  private final RateLearning positions = new RateLearning();
  private long newest = Long.MIN_VALUE;
  private int bots;
  private int undecided;

  public ImpressionSet(LabelledRows.Source source) {
    this.source = source;
  }

  record Stored(String id, VisitorEvent event) {}

  /** One impression. The past of its visitor is read once the rates of its day are known. */
  private static final class Impression {
    private final String visitor;
    private final String id;
    private final VisitorEvent event;
    private final boolean isClicked;
    private ClickRates.Seen rates = new ClickRates.Seen(Float.NaN, Float.NaN, Float.NaN);
    private float[] vector = {};

    private Impression(String visitor, Stored stored, boolean isClicked) {
      this.visitor = visitor;
      this.id = stored.id;
      this.event = stored.event;
      this.isClicked = isClicked;
    }
  }

  /** Adds an event of the contract. */
  void add(EnrichedEvent event) {
    add(event.getVisitorId(), event.getEventId(), event.getIsBot(), VisitorEvent.of(event));
  }

  /** Adds an event. Those of bots are left out; their impressions are counted. */
  public void add(String visitor, String id, boolean isBot, VisitorEvent event) {
    newest = Math.max(newest, event.time());
    if (!isBot) {
      visitors.computeIfAbsent(visitor, _ -> new ArrayList<>()).add(new Stored(id, event));
    } else if (event.isImpression()) {
      bots++;
    }
  }

  /** The impressions as rows in the order of time. To be called once. */
  public LabelledRows rows() {
    var impressions = new ArrayList<Impression>();
    visitors.forEach((visitor, events) -> {
      events.sort(IN_TIME);
      collect(visitor, events, impressions);
    });
    impressions.sort(
        Comparator.comparingLong((Impression impression) -> impression.event.time())
            .thenComparing(impression -> impression.id));
    learnRates(impressions);
    computeVectors(impressions);
    ClickRates served = rates();
    List<LabelledRow> rows =
        impressions.stream().map(impression -> row(impression, served)).toList();
    return new LabelledRows("impressions", source, RATES, rows, bots, undecided);
  }

  private static LabelledRow row(Impression impression, ClickRates served) {
    ClickRates.Seen seen = served.of(impression.event);
    return new LabelledRow(
        impression.visitor,
        impression.event.time(),
        impression.isClicked,
        impression.vector,
        new float[] {seen.ad(), seen.page(), seen.position()});
  }

  /** The rates of all days, for the impressions of later ones. Known after {@link #rows}. */
  public ClickRates rates() {
    return new ClickRates(ads.table(), pages.table(), positions.table());
  }

  private void collect(String visitor, List<Stored> events, List<Impression> impressions) {
    boolean[] clicked = ClickMatching.clicked(events.stream().map(Stored::event).toList());
    for (int at = 0; at < clicked.length; at++) {
      Stored stored = events.get(at);
      if (!stored.event.isImpression()) {
        continue;
      }
      if (newest - stored.event.time() < ClickMatching.MATCH_MS) {
        undecided++;
      } else {
        impressions.add(new Impression(visitor, stored, clicked[at]));
      }
    }
  }

  /**
   * Each impression sees the days before its own. An impression shortly before midnight counts a
   * day later, because its click may come after midnight.
   */
  private void learnRates(List<Impression> impressions) {
    int learnt = 0;
    for (Impression impression : impressions) {
      long day = Math.floorDiv(impression.event.time(), DAY_MS);
      while (impressions.get(learnt).event.time() + ClickMatching.MATCH_MS < day * DAY_MS) {
        learn(impressions.get(learnt++));
      }
      VisitorEvent event = impression.event;
      impression.rates =
          new ClickRates.Seen(
              ads.rate(event.ad()), pages.rate(event.page()), positions.rate(event.position()));
    }
    while (learnt < impressions.size()) {
      learn(impressions.get(learnt++));
    }
  }

  private void learn(Impression impression) {
    ads.add(impression.event.ad(), impression.isClicked);
    pages.add(impression.event.page(), impression.isClicked);
    positions.add(impression.event.position(), impression.isClicked);
  }

  private void computeVectors(List<Impression> impressions) {
    var byEvent = new IdentityHashMap<VisitorEvent, Impression>();
    impressions.forEach(impression -> byEvent.put(impression.event, impression));
    for (List<Stored> events : visitors.values()) {
      var past = new VisitorPast();
      for (Stored stored : events) {
        Impression impression = byEvent.get(stored.event);
        if (impression != null) {
          impression.vector = ClickFeatures.of(past, impression.event, impression.rates);
        }
        past.add(stored.event);
      }
    }
  }
}
