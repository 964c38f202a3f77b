package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.VisitorPartition;
import io.weir.testkit.RealBroker;
import io.weir.testkit.TestEvents;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances as processes, and visitors whose pseudonym tells nobody where they are: each
 * instance finds each of them, and says "no such visitor" only when all partitions were searched.
 */
@Tag("alone")
class PseudonymInstancesIT {
  private static final int OK = 200;
  private static final int ABSENT = 404;
  private static final int NOT_NOW = 503;
  private static final int VISITORS = 24;
  private static final String NOBODY = "0f".repeat(32);

  @TempDir private static Path folder;

  /** The pseudonym of each visitor, by the id that was sent. */
  private final Map<String, String> pseudonyms = new TreeMap<>();

  private static Instance start(RealBroker broker, String name) {
    return Instance.start(
        folder.resolve(name),
        Map.of(
            "WEIR_KAFKA_BOOTSTRAP_SERVERS",
            broker.bootstrapServers(),
            "WEIR_TOPIC_PARTITIONS",
            "" + InstancesIT.PARTITIONS,
            "WEIR_STREAM_STANDBY_REPLICAS",
            "0",
            "WEIR_STREAM_ENRICHMENTS",
            "url,pseudonyms",
            "WEIR_STREAM_PSEUDONYM_KEY",
            "a-key-of-32-characters-for-a-test"));
  }

  @Test
  void pseudonyms_areFoundWhereverTheyAre_andAreAbsentOnlyIfAllWereSearched() throws Exception {
    try (var broker = RealBroker.start(folder.resolve("kafka"));
        var first = start(broker, "first");
        var second = start(broker, "second");
        var third = start(broker, "third")) {
      List<Instance> all = List.of(first, second, third);
      InstancesIT.await("all partitions shared", () -> InstancesIT.areShared(all));
      send(broker);
      learn(first);

      for (Instance instance : all) {
        for (String pseudonym : pseudonyms.values()) {
          assertThat(asked(instance, pseudonym).statusCode()).isEqualTo(OK);
          assertThat(storedId(instance, pseudonym)).isEqualTo(pseudonym);
        }
        assertThat(asked(instance, NOBODY).statusCode()).isEqualTo(ABSENT);
      }

      Set<Integer> orphaned = third.active();
      third.kill();
      assertNothingIsRuledOut(orphaned, List.of(first, second));
      assertAllComeBack(List.of(first, second));
    }
  }

  /** While an instance is dead and its partitions lie nowhere, only its visitors are missing. */
  private void assertNothingIsRuledOut(Set<Integer> orphaned, List<Instance> living)
      throws IOException, InterruptedException {
    for (Instance instance : living) {
      assertNotNow(asked(instance, NOBODY));
      for (Map.Entry<String, String> visitor : pseudonyms.entrySet()) {
        HttpResponse<String> answer = asked(instance, visitor.getValue());
        if (orphaned.contains(partition(visitor.getKey()))) {
          assertNotNow(answer);
        } else {
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(OK);
        }
      }
    }
  }

  private static void assertNotNow(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(NOT_NOW);
    assertThat(answer.headers().firstValue("Retry-After"))
        .hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
  }

  /** The living take over the partitions, and never say meanwhile that a visitor is absent. */
  private void assertAllComeBack(List<Instance> living) throws IOException, InterruptedException {
    for (Instance instance : living) {
      for (String pseudonym : pseudonyms.values()) {
        InstancesIT.await(pseudonym, () -> isThere(instance, pseudonym));
      }
      InstancesIT.await("nobody", () -> asked(instance, NOBODY).statusCode() == ABSENT);
    }
  }

  private static boolean isThere(Instance instance, String pseudonym)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = asked(instance, pseudonym);
    assertThat(answer.statusCode()).as(answer.body()).isIn(OK, NOT_NOW);
    return answer.statusCode() == OK;
  }

  private static HttpResponse<String> asked(Instance instance, String id)
      throws IOException, InterruptedException {
    return instance.get("/v1/visitors/" + id);
  }

  /** The id that the visitor's session has. */
  private static String storedId(Instance instance, String id)
      throws IOException, InterruptedException {
    return instance.json("/v1/visitors/" + id).path("openSession").path("visitorId").asText();
  }

  private static List<String> visitors() {
    return IntStream.range(0, VISITORS).mapToObj(i -> "visitor-" + i).toList();
  }

  private static int partition(String visitor) {
    return VisitorPartition.of(visitor, InstancesIT.PARTITIONS);
  }

  private static void send(RealBroker broker) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      for (String visitor : visitors()) {
        byte[] key = visitor.getBytes(UTF_8);
        byte[] view = TestEvents.rawView(visitor, "event-" + visitor, Instant.now());
        producer.send(new ProducerRecord<>("clickstream.raw", partition(visitor), key, view)).get();
      }
    }
    assertThat(visitors()).map(PseudonymInstancesIT::partition).contains(0, 1, 2, 3);
  }

  /** Asks by the ids that were sent, which tell the partition. */
  private void learn(Instance instance) throws IOException, InterruptedException {
    for (String visitor : visitors()) {
      InstancesIT.await(visitor, () -> asked(instance, visitor).statusCode() == OK);
      pseudonyms.put(visitor, storedId(instance, visitor));
    }
    assertThat(pseudonyms.values())
        .doesNotHaveDuplicates()
        .allSatisfy(pseudonym -> assertThat(pseudonym).matches("[0-9a-f]{64}"));
  }
}
