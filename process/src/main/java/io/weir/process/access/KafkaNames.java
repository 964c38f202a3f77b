package io.weir.process.access;

import java.util.List;

/**
 * Names of groups, transactions and internal topics. Services and their rights are made of them.
 */
public final class KafkaNames {
  private KafkaNames() {}

  /** The consumer group of a table of lake-sink. */
  public static String sinkGroup(String prefix, String table) {
    return sinkGroups(prefix) + table;
  }

  /** The beginning of all consumer groups of lake-sink. */
  static String sinkGroups(String prefix) {
    return prefix + "-sink-";
  }

  /** The consumer group of {@code ingest} for a topic of somebody else, if none is named. */
  public static String ingestGroup(String prefix, String topic) {
    return prefix + "-ingest-" + topic;
  }

  /** The application id of ml-scoring, which is its consumer group as well. */
  public static String scoringApplication(String prefix) {
    return prefix + "-scoring";
  }

  /** The application id of ml-scoring's stream for the click model. */
  public static String clicksApplication(String prefix) {
    return ofApplication(scoringApplication(prefix)) + "clicks";
  }

  /** The application id of ml-scoring's stream for the challenger. */
  public static String challengerApplication(String prefix) {
    return ofApplication(scoringApplication(prefix)) + "challenger";
  }

  /** The application id of ml-scoring's stream for the return model. */
  public static String returnsApplication(String prefix) {
    return ofApplication(scoringApplication(prefix)) + "returns";
  }

  /** The application ids of ml-scoring's streams beside the champion's. */
  public static List<String> sideApplications(String prefix) {
    return List.of(
        clicksApplication(prefix), challengerApplication(prefix), returnsApplication(prefix));
  }

  /**
   * The beginning of the topics and of the transactional ids that Kafka Streams makes for an
   * application.
   */
  static String ofApplication(String applicationId) {
    return applicationId + "-";
  }

  /** The transactional id of the copies in a topic. */
  public static String feed(String topic) {
    return topic + "-feed";
  }
}
