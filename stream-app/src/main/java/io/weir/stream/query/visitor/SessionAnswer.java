package io.weir.stream.query.visitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.weir.contract.avro.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session as REST shows it: times in RFC 3339, money as decimals. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Session")
public record SessionAnswer(
    String sessionKey,
    String state,
    int revision,
    String visitorId,
    @Nullable String userId,
    String start,
    String end,
    long durationMs,
    int events,
    int pageViews,
    int productViews,
    int searches,
    int addToCarts,
    int purchases,
    boolean converted,
    boolean cartAbandoned,
    boolean bounce,
    boolean singleViewBounce,
    boolean engaged,
    long engagedMs,
    int funnelStep,
    boolean bot,
    Map<String, BigDecimal> revenue,
    @Nullable String entryPage,
    @Nullable String exitPage,
    List<String> pages,
    @Nullable String referrerClass,
    @Nullable String campaign,
    @Nullable String device,
    @Nullable String country,
    int visitorSessionNumber) {
  public static final String OPEN = "open";

  private static final int SCALE = 4;

  boolean isOpen() {
    return state.equals(OPEN);
  }

  public static SessionAnswer emitted(Session session) {
    return of(session, session.getIsRetracted() ? "retracted" : "closed");
  }

  /**
   * Shows a session.
   *
   * @param state open, closed or retracted
   */
  @SuppressWarnings("checkstyle:MethodLength") // a table
  public static SessionAnswer of(Session session, String state) {
    return new SessionAnswer(
        session.getSessionKey(),
        state,
        session.getRevision(),
        session.getVisitorId(),
        session.getUserId(),
        Instant.ofEpochMilli(session.getStartTime()).toString(),
        Instant.ofEpochMilli(session.getEndTime()).toString(),
        session.getDurationMs(),
        session.getEvents(),
        session.getPageViews(),
        session.getProductViews(),
        session.getSearches(),
        session.getAddToCarts(),
        session.getPurchases(),
        session.getIsConverted(),
        session.getIsCartAbandoned(),
        session.getIsBounce(),
        session.getIsSingleViewBounce(),
        session.getIsEngaged(),
        session.getEngagedMs(),
        session.getFunnelStep(),
        session.getIsBot(),
        revenue(session),
        session.getEntryPage(),
        session.getExitPage(),
        session.getPages(),
        session.getReferrerClass(),
        session.getCampaignName(),
        session.getDevice(),
        session.getCountry(),
        session.getVisitorSessionNumber());
  }

  private static Map<String, BigDecimal> revenue(Session session) {
    var revenue = new TreeMap<String, BigDecimal>();
    session
        .getRevenueE4()
        .forEach((currency, e4) -> revenue.put(currency, BigDecimal.valueOf(e4, SCALE)));
    return revenue;
  }
}
