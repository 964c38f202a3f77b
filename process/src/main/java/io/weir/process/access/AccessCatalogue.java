package io.weir.process.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.weir.contract.GoldTopic;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The least rights of each service in Kafka. Read and Write imply Describe, so it is listed only
 * where nothing implies it. An idempotent producer needs no right of its own since Kafka 3.0.
 */
public final class AccessCatalogue {
  private AccessCatalogue() {}

  /**
   * All services in the order the data flows.
   *
   * @param streamApplication the application id of stream-app
   */
  public static List<ServiceRights> all(Topics topics, String streamApplication) {
    return List.of(
        collector(topics.raw()),
        streamApp(topics, streamApplication),
        mlScoring(topics),
        lakeSink(topics, GoldTopic.name(streamApplication)),
        lakeTools(topics, streamApplication),
        preparation(topics));
  }

  /** Whoever makes the topics before the services start: lake-sink's command {@code prepare}. */
  public static ServiceRights preparation(Topics topics) {
    return new ServiceRights(
        "prepare", topics.all().stream().map(topic -> made(topic, DESCRIBE)).toList());
  }

  /** Whoever sends raw events: ingest, the simulator, your own collector. */
  public static ServiceRights collector(Topic raw) {
    return new ServiceRights("collector", List.of(Right.topic(raw.name(), WRITE)));
  }

  /** Those of {@code ingest} that reads a topic of somebody else with a group. */
  public static ServiceRights collector(Topic raw, String source, String group) {
    return new ServiceRights(
        "collector",
        List.of(
            Right.topic(raw.name(), WRITE), Right.topic(source, READ), Right.group(group, READ)));
  }

  /** The service that makes the topics, because it uses nearly all of them. */
  public static ServiceRights streamApp(Topics topics, String streamApplication) {
    String internal = KafkaNames.ofApplication(streamApplication);
    return new ServiceRights(
        "stream-app",
        List.of(
            made(topics.raw(), READ),
            made(topics.rekeyed(), READ, WRITE),
            made(topics.events(), WRITE),
            made(topics.sessions(), WRITE),
            made(topics.rejected(), WRITE),
            made(topics.late(), WRITE),
            made(topics.scores(), READ),
            made(topics.challengerScores(), DESCRIBE),
            made(topics.clickScores(), READ),
            made(topics.returnScores(), READ),
            made(topics.identities(), WRITE),
            made(topics.erasures(), READ),
            made(topics.strangersKey(), READ, WRITE),
            Right.topics(internal, READ, WRITE, CREATE),
            Right.group(streamApplication, READ),
            Right.transactions(internal)));
  }

  /** The service that scores sessions. */
  public static ServiceRights mlScoring(Topics topics) {
    String application = KafkaNames.scoringApplication(topics.prefix());
    return new ServiceRights(
        "ml-scoring",
        List.of(
            Right.topic(topics.sessions().name(), READ),
            made(topics.scores(), WRITE),
            Right.topic(topics.events().name(), READ),
            Right.topic(topics.identities().name(), READ),
            made(topics.challengerScores(), WRITE),
            made(topics.clickScores(), WRITE),
            made(topics.returnScores(), WRITE),
            Right.topics(KafkaNames.ofApplication(application), READ, WRITE, CREATE),
            Right.group(application, READ),
            Right.groups(KafkaNames.ofApplication(application), READ),
            Right.transactions(KafkaNames.ofApplication(application))));
  }

  /** The service that fills lake and gold; {@code cells} is the topic of gold. */
  public static ServiceRights lakeSink(Topics topics, String cells) {
    Stream<Right> read =
        Stream.of(
                topics.raw(),
                topics.rejected(),
                topics.events(),
                topics.late(),
                topics.sessions(),
                topics.scores(),
                topics.challengerScores(),
                topics.clickScores(),
                topics.returnScores(),
                topics.identities())
            .map(topic -> Right.topic(topic.name(), READ));
    Stream<Right> others =
        Stream.of(
            Right.topic(cells, READ), Right.groups(KafkaNames.sinkGroups(topics.prefix()), READ));
    return new ServiceRights("lake-sink", Stream.concat(read, others).toList());
  }

  /**
   * {@code audit} reads the raw topic, {@code replay} writes it, {@code forget} and {@code doctor}
   * use the rest.
   */
  public static ServiceRights lakeTools(Topics topics, String streamApplication) {
    return new ServiceRights(
        "lake-tools",
        List.of(
            Right.topic(topics.raw().name(), READ, WRITE),
            Right.topic(topics.erasures().name(), WRITE),
            Right.topic(topics.identities().name(), WRITE),
            Right.topics(topics.prefix() + ".", DESCRIBE, DESCRIBE_CONFIGS),
            Right.topics(KafkaNames.ofApplication(streamApplication), DESCRIBE, DESCRIBE_CONFIGS),
            Right.group(streamApplication, DESCRIBE),
            Right.group(KafkaNames.scoringApplication(topics.prefix()), DESCRIBE),
            Right.groups(
                KafkaNames.ofApplication(KafkaNames.scoringApplication(topics.prefix())), DESCRIBE),
            Right.groups(KafkaNames.sinkGroups(topics.prefix()), DESCRIBE),
            Right.topics(
                KafkaNames.ofApplication(KafkaNames.scoringApplication(topics.prefix())),
                DESCRIBE,
                DESCRIBE_CONFIGS)));
  }

  /** A topic that the service creates when it is missing and compares when it exists. */
  private static Right made(Topic topic, AclOperation... operations) {
    return Right.topic(
        topic.name(),
        Stream.concat(Stream.of(operations), Stream.of(CREATE, DESCRIBE_CONFIGS))
            .toArray(AclOperation[]::new));
  }
}
