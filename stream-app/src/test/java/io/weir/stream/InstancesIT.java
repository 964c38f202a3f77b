package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.contract.AvroSerde;
import io.weir.contract.VisitorPartition;
import io.weir.contract.avro.Score;
import io.weir.contract.avro.ScoreReason;
import io.weir.contract.avro.Session;
import io.weir.testkit.RealBroker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances as processes: each answers for every visitor, also when one is killed. */
@Tag("alone")
class InstancesIT {
  static final int PARTITIONS = 4;
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STANDBY_ANSWERS_WITHIN = Duration.ofSeconds(12);

  @TempDir private static Path folder;
  private static RealBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = RealBroker.start(folder.resolve("kafka"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  private static Map<String, String> environment() {
    return Map.of(
        "WEIR_KAFKA_BOOTSTRAP_SERVERS",
        broker.bootstrapServers(),
        "WEIR_TOPIC_PARTITIONS",
        "" + PARTITIONS,
        "WEIR_STREAM_ENRICHMENTS",
        "url");
  }

  private static Instance start(String name) {
    return Instance.start(folder.resolve(name), environment());
  }

  @Test
  void killedInstance_isReplacedWhileEventsFlow() throws Exception {
    Path file = folder.resolve("clicks.jsonl");
    try (var first = start("first");
        var second = start("second");
        var traffic = new Traffic(broker.bootstrapServers(), file, PARTITIONS);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      await("all partitions shared by two", () -> areShared(List.of(first, second)));
      var flow = clock.scheduleWithFixedDelay(traffic::round, 0, 400, TimeUnit.MILLISECONDS);
      Queue<String> live = listen(second);
      try (var third = start("third")) {
        await("all partitions shared by three", () -> areShared(List.of(first, second, third)));
        score("visitor-7");
        assertAllAnswerForAll(List.of(first, second, third));

        List<String> orphans = owned(first.active());
        first.kill();
        assertAnsweredInTime(orphans, List.of(second, third));

        await("partitions moved", () -> areShared(List.of(second, third)));
        flow.cancel(false);
        clock.submit(traffic::end).get();
        Map<String, Session> expected = FinalSessions.offline(file, folder.resolve("offline"));
        await("all sessions", () -> FinalSessions.closed(broker).size() == expected.size());
        assertThat(FinalSessions.closed(broker)).isEqualTo(expected);
        assertThat(recentPartitions(third))
            .containsAnyElementsOf(second.active())
            .containsAnyElementsOf(third.active());
        assertThat(live).anyMatch(line -> line.startsWith("event: session"));
        assertThat(live).anyMatch(line -> line.startsWith("event: counters"));
      }
    }
  }

  @Test
  void unreadableState_endsTheProcessWithACause() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic("odd-stream-visitors-changelog", 1, (short) 1)))
          .all()
          .get();
    }
    send("odd-stream-visitors-changelog", "v", new byte[] {99});
    var environment = new TreeMap<>(environment());
    environment.put("WEIR_TOPIC_PREFIX", "odd");
    environment.put("WEIR_TOPIC_PARTITIONS", "1");
    try (var instance = Instance.start(folder.resolve("odd"), environment)) {
      await("ready", instance::isReady);

      send(
          "odd.raw",
          "v",
          """
          {"event_id":"e","event_type":"x","event_time":%d,"anonymous_id":"v"}\
          """
              .formatted(System.currentTimeMillis())
              .getBytes(UTF_8));

      assertThat(instance.awaitExit()).isEqualTo(1);
      assertThat(instance.output()).contains("Cause:", "visitor state of version 99");
    }
  }

  /** Whether each has some partitions and together they have all. */
  static boolean areShared(List<Instance> instances) throws IOException, InterruptedException {
    var all = new TreeSet<Integer>();
    int count = 0;
    for (Instance instance : instances) {
      if (!instance.isReady() || instance.active().isEmpty()) {
        return false;
      }
      count += instance.active().size();
      all.addAll(instance.active());
    }
    return all.size() == PARTITIONS && count == PARTITIONS;
  }

  private static List<String> owned(Set<Integer> partitions) {
    return Traffic.visitors().stream()
        .filter(visitor -> partitions.contains(VisitorPartition.of(visitor, PARTITIONS)))
        .toList();
  }

  private static void assertAllAnswerForAll(List<Instance> instances)
      throws IOException, InterruptedException {
    for (Instance instance : instances) {
      for (String visitor : Traffic.visitors()) {
        await(visitor, () -> isKnown(instance, visitor));
      }
      await(
          "the score",
          () ->
              instance
                      .json("/v1/visitors/visitor-7")
                      .path("score")
                      .path("conversionScore")
                      .asDouble()
                  == 0.25);
      JsonNode reason =
          instance.json("/v1/visitors/visitor-7").path("score").path("reasons").path(0);
      assertThat(reason.path("feature").asText()).isEqualTo("page_views");
      JsonNode counts = instance.json("/v1/counts");
      assertThat(counts.path("instances").asInt()).as(counts.toString()).isEqualTo(3);
      await("open sessions of all partitions", () -> openPartitions(instance) == PARTITIONS);
    }
  }

  /** The partitions of the newest sessions. Of a burst each instance keeps what it emitted last. */
  private static Set<Integer> recentPartitions(Instance instance)
      throws IOException, InterruptedException {
    JsonNode recent = instance.json("/v1/sessions/recent");
    assertThat(recent.path("missing")).isEmpty();
    return partitions(recent);
  }

  private static int openPartitions(Instance instance) throws IOException, InterruptedException {
    JsonNode open = instance.json("/v1/sessions/open?limit=500&order=oldest");
    assertThat(open.path("missing")).isEmpty();
    return partitions(open).size();
  }

  private static Set<Integer> partitions(JsonNode answer) {
    var partitions = new TreeSet<Integer>();
    for (String visitor : answer.path("sessions").findValuesAsText("visitorId")) {
      partitions.add(VisitorPartition.of(visitor, PARTITIONS));
    }
    return partitions;
  }

  /** Whether the visitor is found. 503 is the only other answer: no 404 and no error of ours. */
  private static boolean isKnown(Instance instance, String visitor)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = instance.get("/v1/visitors/" + visitor);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
    return answer.statusCode() == 200;
  }

  private static void assertAnsweredInTime(List<String> visitors, List<Instance> instances)
      throws IOException, InterruptedException {
    long killed = System.nanoTime();
    for (Instance instance : instances) {
      for (String visitor : visitors) {
        await(visitor, () -> isKnown(instance, visitor));
      }
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - killed);
    assertThat(taken).isLessThan(STANDBY_ANSWERS_WITHIN);
    HttpResponse<String> answer = instances.getFirst().get("/v1/visitors/" + visitors.getFirst());
    if (taken.compareTo(Duration.ofSeconds(5)) < 0) {
      assertThat(answer.headers().firstValue("Weir-Staleness"))
          .hasValueSatisfying(lag -> assertThat(lag).startsWith("lag="));
    }
  }

  private static Queue<String> listen(Instance instance) {
    var lines = new ConcurrentLinkedQueue<String>();
    HttpRequest request = HttpRequest.newBuilder(instance.uri("/v1/stream")).build();
    var _ =
        HttpClient.newHttpClient()
            .sendAsync(request, BodyHandlers.ofLines())
            .thenAccept(answer -> answer.body().forEach(lines::add));
    return lines;
  }

  private static void score(String visitor) throws Exception {
    var score = new Score();
    score.setSessionKey("0a-1");
    score.setVisitorId(visitor);
    score.setConversionScore(0.25);
    score.setModelName("m");
    score.setModelVersion("1");
    score.setReasons(
        List.of(
            ScoreReason.newBuilder()
                .setFeature("page_views")
                .setValue("3")
                .setContribution(-0.5)
                .build()));
    send("clickstream.scores", visitor, requireNonNull(AvroSerde.score().serialize("", score)));
  }

  private static void send(String topic, String key, byte[] value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  static void await(String what, Condition condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000L);
    }
  }
}
