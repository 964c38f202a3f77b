package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.helm.Traffic.End;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The connections that the NetworkPolicies allow and refuse, by component. */
class TrafficTest {
  private static final List<String> COMPONENTS =
      List.of(
          "stream-app",
          "lake-sink",
          "ml-scoring",
          "simulator",
          "ingest",
          "preparation",
          "lake-maintenance",
          "audit",
          "training",
          "drift",
          "alerts",
          "reset",
          "test");
  private static final Map<String, Integer> PORTS =
      Map.of("stream-app", 8180, "lake-sink", 8181, "ml-scoring", 8182);
  private static final int MANAGEMENT = 10;
  private static final End NEIGHBOUR = new End(Chart.NAMESPACE, Map.of("app", "shop-frontend"));
  private static final End PROMETHEUS = new End("monitoring", Map.of("app", "prometheus"));
  private static final End STRANGER = new End("other", Map.of("app", "stream-app"));
  private static final End DNS = new End("kube-system", Map.of("k8s-app", "kube-dns"));

  private static final Traffic LEAST = new Traffic(Release.of(Chart.LEAST));

  @Test
  void withinTheRelease_whoAsksStreamAppAndTheTestTalk() {
    var allowed = new ArrayList<String>();
    for (String from : COMPONENTS) {
      PORTS.forEach((to, port) -> {
        if (LEAST.isAllowed(End.of(from), End.of(to), port)) {
          allowed.add(from + " to " + to);
        }
        if (LEAST.isAllowed(End.of(from), End.of(to), port + MANAGEMENT)) {
          allowed.add(from + " to health of " + to);
        }
      });
    }

    assertThat(allowed)
        .containsExactlyInAnyOrder(
            "stream-app to stream-app",
            "ml-scoring to stream-app",
            "ingest to stream-app",
            "test to health of stream-app",
            "test to health of lake-sink",
            "test to health of ml-scoring");
  }

  @Test
  void scoringAndIngest_askStreamApp_alsoWhereNoPodOfTheNamespaceMay() {
    Traffic traffic = new Traffic(Release.of(Chart.LEAST + "networkPolicy: {clients: []}"));

    assertThat(traffic.isAllowed(End.of("ml-scoring"), End.of("stream-app"), 8180)).isTrue();
    assertThat(traffic.isAllowed(End.of("ingest"), End.of("stream-app"), 8180)).isTrue();
    assertThat(asked(traffic, NEIGHBOUR)).isEmpty();
  }

  @Test
  void fromOutside_clientsAskAndPrometheusReads() {
    assertThat(asked(LEAST, NEIGHBOUR)).containsExactlyInAnyOrder("stream-app", "ml-scoring");
    assertThat(asked(LEAST, PROMETHEUS)).isEmpty();
    assertThat(watched(LEAST, PROMETHEUS)).containsExactlyInAnyOrderElementsOf(PORTS.keySet());
    assertThat(watched(LEAST, NEIGHBOUR)).isEmpty();
    assertThat(asked(LEAST, STRANGER)).isEmpty();
    assertThat(asked(LEAST, End.OUTSIDE)).isEmpty();
    assertThat(COMPONENTS).noneMatch(to -> LEAST.isAllowed(NEIGHBOUR, End.of(to), 8080));
  }

  @Test
  void toOutside_eachReachesWhatItNeeds() {
    Traffic traffic =
        new Traffic(
            Release.of(
                Chart.LEAST.replace(
                        "{starterModel: demo}",
                        "{existingClaim: models, mlflow: {url: 'http://mlflow:5000'}}")
                    + """
                    simulator: {enabled: true}
                    ingest:
                      enabled: true
                      topic: clicks
                      settings:
                        WEIR_INGEST_SOURCE_BOOTSTRAP_SERVERS: other:9095
                        WEIR_INGEST_REGISTRY_URL: http://registry:8081/api
                    audit: {enabled: true}
                    training: {enabled: true}
                    drift: {enabled: true}
                    alerts:
                      enabled: true
                      rules: '{"alerts": []}'
                      url: https://example.com/hook
                      secret: {name: alerts}
                    """));

    assertThat(reaching(traffic, 9092))
        .containsExactly(
            "stream-app", "lake-sink", "ml-scoring", "simulator", "ingest", "preparation", "audit");
    assertThat(reaching(traffic, 9095)).containsExactly("ingest");
    assertThat(reaching(traffic, 8081)).containsExactly("ingest");
    assertThat(reaching(traffic, 5432))
        .containsExactly(
            "stream-app",
            "lake-sink",
            "preparation",
            "lake-maintenance",
            "audit",
            "training",
            "drift",
            "alerts",
            "reset");
    assertThat(reaching(traffic, 443))
        .containsExactly(
            "lake-sink", "preparation", "lake-maintenance", "audit", "training", "drift", "alerts");
    assertThat(reaching(traffic, 5000)).containsExactly("ml-scoring", "training");
    assertThat(Stream.of(80, 8180, 8181, 8182)).allMatch(port -> reaching(traffic, port).isEmpty());
  }

  @Test
  void names_areResolvedByAll_whereClustersDoThat() {
    for (String component : COMPONENTS) {
      End from = End.of(component);
      assertThat(LEAST.isAllowed(from, DNS, "UDP", 53)).as(component).isTrue();
      assertThat(LEAST.isAllowed(from, End.OUTSIDE, "UDP", 53)).as(component).isFalse();
    }
  }

  @Test
  void ports_areThoseOfTheAddresses() {
    Traffic traffic =
        new Traffic(
            Release.of(
                """
                kafka: {bootstrapServers: "a:9093,b:9094"}
                mlScoring: {starterModel: demo}
                postgres: {url: "jdbc:postgresql://[2001:db8::5]:6432,db/weir?a=:7"}
                lake:
                  warehouse: hdfs://namenode/lake
                  settings: {WEIR_SINK_CATALOG: rest, WEIR_SINK_CATALOG_URI: "http://c:8281/v1"}
                """));
    End sink = End.of("lake-sink");

    assertThat(Stream.of(9093, 9094, 6432, 8020, 9866, 8281))
        .allMatch(port -> traffic.isAllowed(sink, End.OUTSIDE, port));
    assertThat(Stream.of(9092, 2001, 5, 7, 443, 80))
        .noneMatch(port -> traffic.isAllowed(sink, End.OUTSIDE, port));
  }

  @Test
  void mlflow_isReachedByScoringAlone_atThePortOfItsAddress() {
    String least = "kafka: {bootstrapServers: 'kafka:9092'}\nlake: {warehouse: 's3://lake/weir'}\n";
    Traffic named =
        new Traffic(Release.of(least + "mlScoring: {mlflow: {url: 'http://mlflow:5000/a:7'}}"));
    Traffic secret =
        new Traffic(
            Release.of(
                least
                    + "mlScoring: {mlflow: {urlSecret: {name: a}}}\n"
                    + "networkPolicy: {mlflow: {ports: [8443]}}"));

    assertThat(reaching(named, 5000)).containsExactly("ml-scoring");
    assertThat(reaching(named, 7)).isEmpty();
    assertThat(reaching(secret, 8443)).containsExactly("ml-scoring");
    assertThat(reaching(LEAST, 5000)).isEmpty();
  }

  @Test
  void tokens_areFetchedByTheClientsOfKafka() {
    assertThat(reaching(login("oauth, WEIR_KAFKA_OAUTH_TOKEN_URL: 'https://a:8443/b:7'"), 8443))
        .containsExactly("stream-app", "lake-sink", "ml-scoring", "preparation");
    assertThat(reaching(login("oauth, WEIR_KAFKA_OAUTH_TOKEN_URL: 'https://a/b'"), 443))
        .contains("stream-app", "ml-scoring");
    assertThat(reaching(login("msk-iam"), 443)).contains("stream-app", "ml-scoring");
    assertThat(reaching(login("oauth, WEIR_KAFKA_OAUTH_TOKEN_URL: 'file:///a'"), 443))
        .doesNotContain("stream-app");
  }

  private static Traffic login(String auth) {
    String settings = "{settings: {WEIR_KAFKA_AUTH: " + auth + "}, ";
    return new Traffic(Release.of(Chart.LEAST.replace("kafka: {", "kafka: " + settings)));
  }

  @Test
  void kafka_mayBeNarrowedToPods() throws IOException {
    String values = Files.readString(Chart.valuesFile("strimzi"));
    Traffic traffic = new Traffic(Release.of(values));
    End broker = new End("kafka", Map.of("strimzi.io/cluster", "shop"));
    End other = new End("kafka", Map.of("strimzi.io/cluster", "other"));

    assertThat(traffic.isAllowed(End.of("stream-app"), broker, 9093)).isTrue();
    assertThat(traffic.isAllowed(End.of("stream-app"), other, 9093)).isFalse();
    assertThat(traffic.isAllowed(End.of("stream-app"), End.OUTSIDE, 9093)).isFalse();
  }

  @Test
  void demo_keepsItsBrokerToItself() throws IOException {
    Traffic traffic = new Traffic(Release.of(Files.readString(Chart.valuesFile("demo"))));
    End broker = End.of("demo-kafka");

    assertThat(traffic.isAllowed(End.of("simulator"), broker, 9092)).isTrue();
    assertThat(traffic.isAllowed(End.of("lake-sink"), End.of("demo-postgres"), 5432)).isTrue();
    assertThat(traffic.isAllowed(NEIGHBOUR, broker, 9092)).isFalse();
    assertThat(traffic.isAllowed(NEIGHBOUR, End.of("demo-postgres"), 5432)).isFalse();
  }

  @Test
  void policies_switchedOff_refuseNothing() {
    Traffic traffic = new Traffic(Release.of(Chart.LEAST + "networkPolicy: {enabled: false}"));

    assertThat(asked(traffic, STRANGER)).hasSize(3);
  }

  private static List<String> asked(Traffic traffic, End from) {
    return open(traffic, from, 0);
  }

  private static List<String> watched(Traffic traffic, End from) {
    return open(traffic, from, MANAGEMENT);
  }

  private static List<String> open(Traffic traffic, End from, int offset) {
    return PORTS.entrySet().stream()
        .filter(to -> traffic.isAllowed(from, End.of(to.getKey()), to.getValue() + offset))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> reaching(Traffic traffic, int port) {
    return COMPONENTS.stream()
        .filter(from -> traffic.isAllowed(End.of(from), End.OUTSIDE, port))
        .toList();
  }
}
