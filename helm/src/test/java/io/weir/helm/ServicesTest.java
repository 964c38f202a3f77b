package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesTest {
  private static final String STREAM = "shop-weir-stream-app";

  @Test
  void streamApp_hasTheNameOfItsPod() {
    Manifest pod = Release.of(Chart.LEAST).pod("StatefulSet", STREAM);

    assertThat(pod.plain())
        .containsEntry("WEIR_STREAM_INSTANCE_ID", "$(POD_NAME)")
        .containsEntry(
            "WEIR_STREAM_ADVERTISED_HOST", "$(POD_NAME).shop-weir-stream-app-peers.web.svc");
    // Kubernetes fills in variables that stand before.
    assertThat(pod.at("spec.containers.0.env.0.name")).isEqualTo("POD_NAME");
  }

  @Test
  void streamApp_restoresAllAtOnce_andGoesOneByOne() {
    Release release = Release.of(Chart.LEAST);
    Manifest set = release.get("StatefulSet", STREAM);

    assertThat(set.at("spec.podManagementPolicy")).isEqualTo("Parallel");
    assertThat(set.at("spec.replicas")).isEqualTo(2);
    assertThat(set.at("spec.persistentVolumeClaimRetentionPolicy"))
        .isEqualTo(Map.of("whenDeleted", "Delete", "whenScaled", "Delete"));
    assertThat(release.get("PodDisruptionBudget", STREAM).at("spec.maxUnavailable")).isEqualTo(1);
    assertThat(release.get("Service", STREAM + "-peers").at("spec.publishNotReadyAddresses"))
        .isEqualTo(true);
  }

  /** Whoever reaches the management port is asked for no key. */
  @ParameterizedTest
  @CsvSource({"ClusterIP, true", "NodePort, false", "LoadBalancer, false"})
  void managementPort_staysInTheCluster(String type, boolean isBesideTheOther, @TempDir Path folder)
      throws IOException {
    Release release =
        Release.withTest(folder, Chart.LEAST + "streamApp: {service: {type: " + type + "}}\n");
    String asked = isBesideTheOther ? STREAM : STREAM + "-peers";

    assertThat(ports(release, STREAM).contains(8190)).isEqualTo(isBesideTheOther);
    assertThat(ports(release, asked)).contains(8190);
    assertThat(release.pod("Pod", "shop-weir-test").plain().get("SERVICES"))
        .contains(asked + " 8190\n");
    assertThat(Problems.of(release)).isEmpty();
  }

  private static List<Object> ports(Release release, String service) {
    return release.get("Service", service).all("spec.ports").stream()
        .<Object>map(port -> port.get("port"))
        .toList();
  }

  @Test
  void budget_followsTheCopies() {
    String values = Chart.LEAST + "streamApp: {replicas: 4, standbyReplicas: ";

    assertThat(budget(values + "2}")).isEqualTo(2);
    // Else no node could ever be drained.
    assertThat(budget(values + "0}")).isEqualTo(1);
  }

  @Test
  void instances_areLeftOut_whereSomethingScales() {
    for (String type : List.of("hpa", "keda")) {
      Release release =
          Release.of(
              """
              kafka: {bootstrapServers: "kafka:9092"}
              lake: {warehouse: "s3://lake/weir"}
              streamApp: {autoscaling: {type: %1$s}}
              lakeSink: {autoscaling: {type: %1$s}}
              mlScoring: {starterModel: demo, autoscaling: {type: %1$s}}
              """
                  .formatted(type));

      release.manifests().forEach(Kubernetes::check);
      assertThat(Problems.of(release)).isEmpty();
      assertThat(release.get("StatefulSet", STREAM).find("spec.replicas")).isNull();
      assertThat(release.get("Deployment", "shop-weir-lake-sink").find("spec.replicas")).isNull();
    }
  }

  @Test
  void lag_isLookedAtForEachTopicThatIsRead() {
    Manifest scaled =
        Release.of(Chart.LEAST + "streamApp: {autoscaling: {type: keda}}\ntopics: {prefix: shop}")
            .get("ScaledObject", STREAM);

    assertThat(scaled.all("spec.triggers"))
        .extracting(trigger -> Manifest.find(trigger, "metadata.topic"))
        .containsExactly("shop.raw", "shop.raw.rekeyed", "shop.erasures");
    assertThat(scaled.at("spec.triggers.0.metadata.consumerGroup")).isEqualTo("shop-stream");
  }

  /** A test of lake-sink holds the list of tables equal to its own. */
  @Test
  void lag_isThatOfTheGroupOfEachTable() {
    String keda = "topics: {prefix: shop}\nlakeSink: {autoscaling: {type: keda}";

    assertThat(lags(keda + "}"))
        .hasSize(17)
        .containsEntry("shop-sink-raw_events", "shop.raw")
        .containsEntry("shop-sink-events", "shop.events")
        .containsEntry("shop-sink-event_products", "shop.events")
        .containsEntry("shop-sink-sessions", "shop.sessions")
        .containsEntry("shop-sink-session_metrics", "shop.sessions")
        .containsEntry("shop-sink-challenger_scores", "shop.challenger-scores")
        .containsEntry("shop-sink-click_scores", "shop.click-scores")
        .containsEntry("shop-sink-ad_scores", "shop.click-scores")
        .containsEntry("shop-sink-return_scores", "shop.return-scores")
        .containsEntry("shop-sink-session_return_scores", "shop.return-scores")
        .containsEntry("shop-sink-cells", "shop-stream-gold-changelog");
    // A group of a table that nobody fills would be behind for ever.
    String two = ", settings: {WEIR_SINK_TABLES: 'bronze.raw_events, gold.cells'}}";
    assertThat(lags(keda + two)).containsOnlyKeys("shop-sink-raw_events", "shop-sink-cells");
  }

  @Test
  void tables_areMaintainedByOne() {
    String sink = "shop-weir-lake-sink";
    String interval = "WEIR_SINK_MAINTENANCE_INTERVAL";
    String suspended = "lakeMaintenance: {suspend: true}";
    String own = "lakeSink: {settings: {WEIR_SINK_MAINTENANCE_INTERVAL: 2h}}";

    assertThat(plain("Deployment", sink, "")).containsEntry(interval, "0s");
    assertThat(plain("Deployment", sink, suspended)).doesNotContainKey(interval);
    assertThat(plain("Deployment", sink, own)).containsEntry(interval, "2h");
  }

  @Test
  void mlflow_isAModelToo() {
    String least = "kafka: {bootstrapServers: 'kafka:9092'}\nlake: {warehouse: 's3://lake/weir'}\n";
    Manifest named =
        Release.of(least + "mlScoring: {mlflow: {url: 'http://mlflow:5000', alias: next}}")
            .pod("Deployment", "shop-weir-ml-scoring");
    String hidden =
        "networkPolicy: {mlflow: {ports: [443]}}\nmlScoring: {mlflow: {urlSecret: {name: ml}}}";
    Release secret = Release.of(least + hidden);

    assertThat(named.plain())
        .containsEntry("WEIR_SCORING_MLFLOW_URL", "http://mlflow:5000")
        .containsEntry("WEIR_SCORING_MLFLOW_MODEL", "conversion")
        .containsEntry("WEIR_SCORING_MLFLOW_ALIAS", "next");
    assertThat(secret.pod("Deployment", "shop-weir-ml-scoring").all("spec.containers.0.env"))
        .anyMatch(each -> "ml".equals(Manifest.find(each, "valueFrom.secretKeyRef.name")));
    secret.manifests().forEach(Kubernetes::check);
    assertThat(Problems.of(secret)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      quoteCharacter = '`',
      textBlock =
          """
          mlScoring: {mlflow: {url: "http://mlflow:5000"}} ~ 5568Mi
          mlScoring: {mlflow: {urlSecret: {name: ml}}} ~ 5568Mi
          mlScoring: {mlflow: {url: "http://mlflow:5000"}, existingClaim: models} ~ 128Mi
          mlScoring: {existingClaim: models} ~ 128Mi
          mlScoring: {starterModel: demo} ~ 128Mi
          """)
  void versionsOfMlflow_haveRoomInThePod_whereThereIsNoClaim(String values, String size) {
    String least = "kafka: {bootstrapServers: 'kafka:9092'}\nlake: {warehouse: 's3://lake/weir'}\n";
    Manifest pod =
        Release.of(least + "networkPolicy: {mlflow: {ports: [443]}}\n" + values)
            .pod("Deployment", "shop-weir-ml-scoring");

    assertThat(pod.all("spec.volumes"))
        .filteredOn(each -> "work".equals(each.get("name")))
        .extracting(each -> Manifest.find(each, "emptyDir.sizeLimit"))
        .isEqualTo(List.of(size));
  }

  /**
   * Transactions fail where a broker asks itself through its Service, which not each network lets.
   */
  @Test
  void demoBroker_reachesItselfInItsPod() throws IOException {
    Map<String, String> broker =
        Release.of(Files.readString(Chart.valuesFile("demo")))
            .pod("Deployment", "shop-weir-demo-kafka")
            .plain();

    String own = broker.get("KAFKA_INTER_BROKER_LISTENER_NAME") + "://localhost:";
    assertThat(broker.get("KAFKA_LISTENERS")).contains(own);
    assertThat(broker.get("KAFKA_ADVERTISED_LISTENERS"))
        .contains(own)
        .contains("CLIENTS://shop-weir-demo-kafka:9092");
  }

  @Test
  void lakeInAFolderOfAPod_hasOnePodAtATime() throws IOException {
    Release demo = Release.of(Files.readString(Chart.valuesFile("demo")));

    assertThat(demo.get("Deployment", "shop-weir-lake-sink").at("spec.strategy.type"))
        .isEqualTo("Recreate");
    assertThat(
            Release.of(Chart.LEAST)
                .get("Deployment", "shop-weir-lake-sink")
                .find("spec.strategy.type"))
        .isNull();
  }

  @Test
  void files_changeTheirPods() {
    String checksum = "spec.template.metadata.annotations";
    Object first = stream("streamApp: {goals: '[]'}").at(checksum);
    Object second = stream("streamApp: {goals: '[ ]'}").at(checksum);

    assertThat(first).isNotEqualTo(second);
    assertThat(plain("StatefulSet", STREAM, "streamApp: {goals: '[]'}"))
        .containsEntry("WEIR_STREAM_GOALS_FILE", "/etc/weir/stream/goals.json");
  }

  @Test
  void newVersionOfTheChartAlone_restartsNothing() {
    Manifest pod = Release.of(Chart.LEAST).pod("StatefulSet", STREAM);

    assertThat(pod.labels()).doesNotContainKey("helm.sh/chart");
  }

  @Test
  void kafka_isReachedTheSameWayByAll() {
    Release release =
        Release.of(
            """
            kafka:
              bootstrapServers: kafka:9093
              settings: {WEIR_KAFKA_CLIENT_SECURITY_PROTOCOL: SSL}
              secretKeys: [{setting: WEIR_KAFKA_CLIENT_SSL_KEYSTORE_KEY, name: user, key: user.key}]
              trust: {secret: ca}
            lake: {warehouse: "s3://lake/weir"}
            mlScoring: {starterModel: demo}
            simulator: {enabled: true}
            ingest: {enabled: true, topic: clicks}
            audit: {enabled: true}
            """);

    for (String name :
        List.of(
            "stream-app",
            "lake-sink",
            "ml-scoring",
            "simulator",
            "ingest",
            "audit",
            "preparation-1")) {
      Manifest pod =
          release.pods().stream()
              .filter(each -> each.name().equals("shop-weir-" + name))
              .findFirst()
              .orElseThrow();
      assertThat(pod.plain())
          .as(name)
          .containsEntry("WEIR_KAFKA_BOOTSTRAP_SERVERS", "kafka:9093")
          .containsEntry("WEIR_KAFKA_CLIENT_SECURITY_PROTOCOL", "SSL")
          .containsEntry("WEIR_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", "/etc/weir/kafka/ca.crt")
          .containsEntry("WEIR_TOPIC_PARTITIONS", "12");
      assertThat(pod.all("spec.containers.0.env"))
          .as(name)
          .anyMatch(each -> "user.key".equals(Manifest.find(each, "valueFrom.secretKeyRef.key")));
      assertThat(pod.all("spec.volumes"))
          .as(name)
          .anyMatch(each -> "ca".equals(Manifest.find(each, "secret.secretName")));
    }
    assertThat(Problems.of(release)).isEmpty();
  }

  /** The maintenance does not reach Kafka, and refuses a user without a way to log in. */
  @Test
  void userOfEachService_isNotThatOfTheMaintenance() {
    Release release =
        Release.of(
            """
            kafka: {bootstrapServers: "kafka:9093", settings: {WEIR_KAFKA_AUTH: scram-sha-512}}
            lake: {warehouse: "s3://lake/weir", secrets: [store]}
            streamApp: {settings: {WEIR_KAFKA_USER: weir-stream-app}, secrets: [kafka-stream-app]}
            mlScoring:
              starterModel: demo
              settings: {WEIR_KAFKA_USER: weir-ml-scoring}
              secrets: [kafka-ml-scoring]
            lakeSink: {settings: {WEIR_KAFKA_USER: weir-lake-sink}, secrets: [kafka-lake-sink]}
            """);
    Manifest sink = release.pod("Deployment", "shop-weir-lake-sink");
    Manifest job = release.pod("CronJob", "shop-weir-lake-maintenance");

    assertThat(sink.plain()).containsEntry("WEIR_KAFKA_USER", "weir-lake-sink");
    assertThat(secrets(sink)).containsExactly("store", "kafka-lake-sink");
    assertThat(job.plain().keySet()).noneMatch(name -> name.startsWith("WEIR_KAFKA_"));
    assertThat(secrets(job)).containsExactly("store");
    release.manifests().forEach(Kubernetes::check);
    assertThat(Problems.of(release)).isEmpty();
  }

  private static List<Object> secrets(Manifest pod) {
    return pod.all("spec.containers.0.envFrom").stream()
        .map(each -> Manifest.find(each, "secretRef.name"))
        .toList();
  }

  @Test
  void account_hasNoToken() {
    Manifest account = Release.of(Chart.LEAST).get("ServiceAccount", "shop-weir");

    assertThat(account.at("automountServiceAccountToken")).isEqualTo(false);
  }

  private static Object budget(String values) {
    return Release.of(values).get("PodDisruptionBudget", STREAM).at("spec.maxUnavailable");
  }

  /** The topics that KEDA looks at for lake-sink, by their groups. */
  private static Map<String, String> lags(String values) {
    Manifest scaled = Release.of(Chart.LEAST + values).get("ScaledObject", "shop-weir-lake-sink");
    var lags = new TreeMap<String, String>();
    for (Map<?, ?> trigger : scaled.all("spec.triggers")) {
      lags.put(
          String.valueOf(Manifest.find(trigger, "metadata.consumerGroup")),
          String.valueOf(Manifest.find(trigger, "metadata.topic")));
    }
    return lags;
  }

  private static Manifest stream(String values) {
    return Release.of(Chart.LEAST + values).get("StatefulSet", STREAM);
  }

  private static Map<String, String> plain(String kind, String name, String values) {
    return Release.of(Chart.LEAST + values).pod(kind, name).plain();
  }
}
