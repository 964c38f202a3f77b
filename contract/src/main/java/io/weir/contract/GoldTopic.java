package io.weir.contract;

/** The topic of gold: the changelog of stream-app's store of cells. */
public final class GoldTopic {
  /** The name of the store. */
  public static final String STORE = "gold";

  private GoldTopic() {}

  /** The topic's name, which Kafka Streams derives from the application id. */
  public static String name(String applicationId) {
    return applicationId + "-" + STORE + "-changelog";
  }
}
