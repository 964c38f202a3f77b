package io.weir.stream.gold;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Subject;
import java.util.Arrays;

/** A subject of cells with a dimension. An enum, because a map by it is an array. */
public enum Breakdown {
  SESSIONS(Subject.SESSIONS, Dimension.ALL),
  SESSIONS_BY_DEVICE(Subject.SESSIONS, Dimension.DEVICE),
  SESSIONS_BY_BROWSER(Subject.SESSIONS, Dimension.BROWSER),
  SESSIONS_BY_OS(Subject.SESSIONS, Dimension.OS),
  SESSIONS_BY_COUNTRY(Subject.SESSIONS, Dimension.COUNTRY),
  SESSIONS_BY_CITY(Subject.SESSIONS, Dimension.CITY),
  SESSIONS_BY_CAMPAIGN(Subject.SESSIONS, Dimension.CAMPAIGN),
  SESSIONS_BY_SOURCE(Subject.SESSIONS, Dimension.SOURCE),
  SESSIONS_BY_MEDIUM(Subject.SESSIONS, Dimension.MEDIUM),
  SESSIONS_BY_REFERRER_CLASS(Subject.SESSIONS, Dimension.REFERRER_CLASS),
  SESSIONS_BY_LANDING_PAGE(Subject.SESSIONS, Dimension.LANDING_PAGE),
  SESSIONS_BY_EXIT_PAGE(Subject.SESSIONS, Dimension.EXIT_PAGE),
  SESSIONS_BY_VISITOR_TYPE(Subject.SESSIONS, Dimension.VISITOR_TYPE),
  SESSIONS_BY_APP(Subject.SESSIONS, Dimension.APP),
  SESSIONS_BY_AD(Subject.SESSIONS, Dimension.AD),
  SESSIONS_BY_GOAL(Subject.SESSIONS, Dimension.GOAL),
  SESSIONS_BY_POSITION(Subject.SESSIONS, Dimension.POSITION),
  SESSIONS_BY_PAGE(Subject.SESSIONS, Dimension.PAGE),
  EVENTS(Subject.EVENTS, Dimension.ALL),
  EVENTS_BY_TYPE(Subject.EVENTS, Dimension.EVENT_TYPE),
  EVENTS_BY_PAGE(Subject.EVENTS, Dimension.PAGE),
  EVENTS_BY_DEVICE(Subject.EVENTS, Dimension.DEVICE),
  EVENTS_BY_COUNTRY(Subject.EVENTS, Dimension.COUNTRY),
  EVENTS_BY_CAMPAIGN(Subject.EVENTS, Dimension.CAMPAIGN),
  EVENTS_BY_SOURCE(Subject.EVENTS, Dimension.SOURCE),
  EVENTS_BY_APP(Subject.EVENTS, Dimension.APP),
  EVENTS_BY_SEARCH_TERM(Subject.EVENTS, Dimension.SEARCH_TERM),
  PRODUCTS_BY_PRODUCT(Subject.PRODUCTS, Dimension.PRODUCT),
  PRODUCTS_BY_CATEGORY(Subject.PRODUCTS, Dimension.CATEGORY),
  CARTS(Subject.CARTS, Dimension.ALL),
  CARTS_BY_PRODUCT(Subject.CARTS, Dimension.PRODUCT),
  CARTS_BY_CATEGORY(Subject.CARTS, Dimension.CATEGORY),
  CARTS_BY_DEVICE(Subject.CARTS, Dimension.DEVICE),
  CARTS_BY_COUNTRY(Subject.CARTS, Dimension.COUNTRY),
  CARTS_BY_CAMPAIGN(Subject.CARTS, Dimension.CAMPAIGN),
  CARTS_BY_SOURCE(Subject.CARTS, Dimension.SOURCE),
  CARTS_BY_APP(Subject.CARTS, Dimension.APP),
  LATE(Subject.LATE, Dimension.ALL),
  LATE_BY_TYPE(Subject.LATE, Dimension.EVENT_TYPE),
  VISITORS_BY_PREVIOUS_DAY(Subject.VISITORS, Dimension.PREVIOUS_DAY),
  QUALITY(Subject.QUALITY, Dimension.OUTCOME);

  private final Subject subject;
  private final Dimension dimension;
  private final String code;

  Breakdown(Subject subject, Dimension dimension) {
    this.subject = subject;
    this.dimension = dimension;
    this.code = subject.code() + '/' + dimension.code();
  }

  public Subject subject() {
    return subject;
  }

  public Dimension dimension() {
    return dimension;
  }

  /** The breakdown of sessions by a dimension. */
  static Breakdown ofSessions(Dimension dimension) {
    return of(Subject.SESSIONS, dimension);
  }

  /** Subject and dimension as stored, for instance {@code sessions/ad}. */
  String code() {
    return code;
  }

  static Breakdown ofCode(String code) {
    return Arrays.stream(values())
        .filter(each -> each.code.equals(code))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("there is no breakdown " + code));
  }

  static Breakdown of(Subject subject, Dimension dimension) {
    return Arrays.stream(values())
        .filter(each -> each.subject == subject && each.dimension == dimension)
        .findAny()
        .orElseThrow();
  }
}
