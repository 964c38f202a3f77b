package io.weir.lake.gold;

import static io.weir.lake.gold.GoldColumn.bigint;
import static io.weir.lake.gold.GoldColumn.flag;
import static io.weir.lake.gold.GoldColumn.integer;
import static io.weir.lake.gold.GoldColumn.number;
import static io.weir.lake.gold.GoldColumn.optionalTime;
import static io.weir.lake.gold.GoldColumn.text;
import static io.weir.lake.gold.GoldColumn.time;

import io.weir.contract.avro.ClickScore;
import io.weir.contract.avro.GoldCell;
import io.weir.contract.avro.Identity;
import io.weir.contract.avro.ReturnScore;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.Session;
import java.util.ArrayList;
import java.util.List;

/** The relations of gold. */
public final class GoldTables {

  /** One row per live session. */
  public static final GoldTable<Session> SESSION_METRICS =
      new GoldTable<>(
          "session_metrics",
          "session_revisions",
          new GoldTable.Key<>("session_key", Session::getSessionKey),
          Session::getRevision,
          Session::getIsRetracted,
          false,
          sessionColumns(),
          _ -> {});

  /** The score of each live session. */
  public static final GoldTable<Score> SESSION_SCORES = scores("session_scores", "score_revisions");

  /** The score that the challenger gives each live session, beside the champion's. */
  public static final GoldTable<Score> CHALLENGER_SCORES =
      scores("challenger_scores", "challenger_revisions");

  /** The score of each ad impression. A later score replaces it. */
  public static final GoldTable<ClickScore> CLICK_SCORES =
      new GoldTable<>(
          "click_scores",
          "click_score_versions",
          new GoldTable.Key<>("event_id", ClickScore::getEventId),
          ClickScore::getScoredAt,
          _ -> false,
          false,
          List.of(
              text("visitor_id", ClickScore::getVisitorId),
              time("event_time", ClickScore::getEventTime),
              text("ad_id", ClickScore::getAdId),
              text("url_path", ClickScore::getUrlPath),
              text("position", ClickScore::getPosition),
              number("click_score", ClickScore::getClickScore),
              text("model_name", ClickScore::getModelName),
              text("model_version", ClickScore::getModelVersion),
              time("scored_at", ClickScore::getScoredAt)),
          _ -> {});

  /** How likely the visitor of each live session comes back within 7 days after its end. */
  public static final GoldTable<ReturnScore> SESSION_RETURN_SCORES =
      new GoldTable<>(
          "session_return_scores",
          "return_score_revisions",
          new GoldTable.Key<>("session_key", ReturnScore::getSessionKey),
          ReturnScore::getSessionRevision,
          ReturnScore::getIsRetracted,
          false,
          List.of(
              text("visitor_id", ReturnScore::getVisitorId),
              time("session_start", ReturnScore::getSessionStart),
              time("session_end", ReturnScore::getSessionEnd),
              number("return_score", ReturnScore::getReturnScore),
              text("model_name", ReturnScore::getModelName),
              text("model_version", ReturnScore::getModelVersion),
              time("scored_at", ReturnScore::getScoredAt),
              GoldColumn.json("reasons", row -> GoldReasons.json(row.getReasons()))),
          _ -> {});

  /** The user of each anonymous visitor who identified, taken from the newest event. */
  public static final GoldTable<Identity> IDENTITIES =
      new GoldTable<>(
          "identities",
          "identity_versions",
          new GoldTable.Key<>("visitor_id", Identity::getVisitorId),
          Identity::getEventTime,
          _ -> false,
          false,
          List.of(text("user_id", Identity::getUserId), time("event_time", Identity::getEventTime)),
          _ -> {});

  /** The sums of each source partition, one row per cell; views add the partitions up. */
  public static final GoldTable<GoldCell> CELLS =
      new GoldTable<>(
          "cells",
          "cell_versions",
          new GoldTable.Key<>("cell_key", GoldCells::key, GoldCells::deletedKey),
          GoldCell::getVersion,
          _ -> false,
          true,
          GoldCells.columns(),
          GoldCells::check);

  /** All relations of gold. */
  public static final List<GoldTable<?>> ALL =
      List.of(
          SESSION_METRICS,
          SESSION_SCORES,
          CHALLENGER_SCORES,
          CLICK_SCORES,
          SESSION_RETURN_SCORES,
          IDENTITIES,
          CELLS);

  /** The table of schema {@code gold} that triggers fill with the changes of sessions. */
  public static final String RESTATEMENTS = "restatements";

  /** The tables of schema {@code gold} that the commands about models write. */
  public static final List<String> OF_MODELS =
      List.of("model_watches", "model_drift", "model_comparisons", "rescores");

  /** The views of schema {@code gold} that add the cells of all partitions up. */
  public static final List<String> VIEWS_OF_CELLS =
      List.of(
          "sessions_15m",
          "sessions_daily",
          "events_15m",
          "events_daily",
          "products_daily",
          "ads_daily",
          "ad_positions_daily",
          "ad_pages_daily",
          "goals_daily",
          "carts_daily",
          "late_15m",
          "late_daily",
          "visitors_daily",
          "quality",
          "quality_reasons");

  /** The views of schema {@code gold} that answer the questions of docs/gold-views.md. */
  public static final List<String> ANSWERS =
      List.of(
          "user_metrics",
          "cart_abandonment",
          "abandoned_products",
          "funnel_daily",
          "funnel_ordered_daily",
          "life_cycle_daily",
          "retention_daily",
          "retention_weekly",
          "distributions",
          "heatmap",
          "touch_daily");

  private GoldTables() {}

  private static GoldTable<Score> scores(String view, String table) {
    return new GoldTable<>(
        view,
        table,
        new GoldTable.Key<>("session_key", Score::getSessionKey),
        Score::getSessionRevision,
        Score::getIsRetracted,
        false,
        List.of(
            text("visitor_id", Score::getVisitorId),
            time("session_start", Score::getSessionStart),
            number("conversion_score", Score::getConversionScore),
            text("model_name", Score::getModelName),
            text("model_version", Score::getModelVersion),
            time("scored_at", Score::getScoredAt),
            GoldColumn.json("reasons", row -> GoldReasons.json(row.getReasons()))),
        _ -> {});
  }

  private static List<GoldColumn<Session>> sessionColumns() {
    var columns = new ArrayList<GoldColumn<Session>>();
    columns.addAll(identity());
    columns.addAll(counts());
    columns.addAll(money());
    columns.addAll(origin());
    columns.addAll(outcome());
    columns.addAll(engagement());
    columns.addAll(funnel());
    columns.add(integer("matched_clicks", Session::getMatchedClicks));
    columns.add(integer("repeated_purchases", Session::getRepeatedPurchases));
    columns.add(integer("refunds", Session::getRefunds));
    columns.add(GoldColumn.json("refunded", row -> GoldRevenue.json(row.getRefundedE4())));
    columns.add(GoldColumn.json("goals", row -> GoldGoals.json(row.getGoals())));
    columns.add(text("app_id", Session::getAppId));
    columns.add(GoldColumn.json("cart_value", row -> GoldRevenue.json(row.getCartValueE4())));
    columns.add(GoldColumn.json("cart_products", row -> GoldCarts.json(row.getCartProducts())));
    return columns;
  }

  private static List<GoldColumn<Session>> identity() {
    return List.of(
        text("visitor_id", Session::getVisitorId),
        text("user_id", Session::getUserId),
        time("start_time", Session::getStartTime),
        time("end_time", Session::getEndTime),
        bigint("duration_ms", Session::getDurationMs),
        integer("visitor_session_number", Session::getVisitorSessionNumber),
        bigint("ms_since_previous_session", Session::getMsSincePreviousSession));
  }

  private static List<GoldColumn<Session>> counts() {
    return List.of(
        integer("events", Session::getEvents),
        integer("page_views", Session::getPageViews),
        integer("product_views", Session::getProductViews),
        integer("searches", Session::getSearches),
        integer("ad_impressions", Session::getAdImpressions),
        integer("ad_clicks", Session::getAdClicks),
        integer("add_to_carts", Session::getAddToCarts),
        integer("remove_from_carts", Session::getRemoveFromCarts),
        integer("checkouts", Session::getCheckouts),
        integer("purchases", Session::getPurchases),
        integer("identifies", Session::getIdentifies),
        integer("page_pings", Session::getPagePings),
        integer("other_events", Session::getOtherEvents),
        integer("late_events", Session::getLateEvents),
        integer("unique_pages", Session::getUniquePages),
        integer("unique_products", Session::getUniqueProducts),
        integer("unique_categories", Session::getUniqueCategories));
  }

  private static List<GoldColumn<Session>> money() {
    return List.of(
        new GoldColumn<>(
            "revenue",
            "numeric",
            (s, i, r) -> s.setBigDecimal(i, GoldRevenue.inMainCurrency(r.getRevenueE4()))),
        text("currency", session -> GoldRevenue.mainCurrency(session.getRevenueE4())),
        GoldColumn.json(
            "revenue_by_currency", session -> GoldRevenue.json(session.getRevenueE4())));
  }

  private static List<GoldColumn<Session>> origin() {
    return List.of(
        text("entry_page", Session::getEntryPage),
        text("exit_page", Session::getExitPage),
        text("referrer_class", Session::getReferrerClass),
        text("referrer_domain", Session::getReferrerDomain),
        text("campaign_source", Session::getCampaignSource),
        text("campaign_medium", Session::getCampaignMedium),
        text("campaign_name", Session::getCampaignName),
        text("device", Session::getDevice),
        text("browser", Session::getBrowser),
        text("os", Session::getOs),
        text("country", Session::getCountry),
        text("city", Session::getCity));
  }

  private static List<GoldColumn<Session>> outcome() {
    return List.of(
        flag("is_bot", Session::getIsBot),
        flag("is_bounce", Session::getIsBounce),
        flag("is_converted", Session::getIsConverted),
        flag("is_cart_abandoned", Session::getIsCartAbandoned),
        text("bot_reason", Session::getBotReason));
  }

  private static List<GoldColumn<Session>> engagement() {
    return List.of(
        bigint("engaged_ms", Session::getEngagedMs),
        flag("is_single_view_bounce", Session::getIsSingleViewBounce),
        flag("is_engaged", Session::getIsEngaged));
  }

  private static List<GoldColumn<Session>> funnel() {
    return List.of(
        integer("funnel_step", Session::getFunnelStep),
        optionalTime("funnel_view_time", Session::getFunnelViewTime),
        optionalTime("funnel_cart_time", Session::getFunnelCartTime),
        optionalTime("funnel_checkout_time", Session::getFunnelCheckoutTime),
        optionalTime("funnel_purchase_time", Session::getFunnelPurchaseTime));
  }
}
