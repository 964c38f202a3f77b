package io.weir.contract;

import java.util.List;
import java.util.stream.Stream;

/** The stores of stream-app that have a changelog. Their names are part of the stored state. */
public final class StreamStores {
  public static final String VISITORS = "visitors";
  public static final String TIMERS = "session-timers";
  public static final String GOLD = GoldTopic.STORE;
  public static final String SESSION_FACTS = "session-facts";
  public static final String VISITOR_DAYS = "visitor-days";

  private StreamStores() {}

  /** The topics of an application's state; it has no others. Kafka Streams derives their names. */
  public static List<String> changelogs(String applicationId) {
    return Stream.of(VISITORS, TIMERS, GOLD, SESSION_FACTS, VISITOR_DAYS)
        .map(store -> applicationId + "-" + store + "-changelog")
        .toList();
  }
}
