package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that contradict each other: Helm says which, and what to change. */
class RelationsTest {
  private static final String KAFKA = "kafka: {bootstrapServers: 'kafka:9092'}\n";
  private static final String LAKE = "lake: {warehouse: 's3://lake/weir'}\n";
  private static final String MODEL = "mlScoring: {starterModel: demo}\n";

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      quoteCharacter = '`',
      textBlock =
          """
          topics: {partitions: 1} ~ streamApp.replicas: 2 instances with 1 threads each are more than topics.partitions (1)
          streamApp: {threads: 7} ~ streamApp.replicas: 2 instances with 7 threads each are more than topics.partitions (12)
          streamApp: {autoscaling: {type: keda, maxReplicas: 13}} ~ streamApp.autoscaling.maxReplicas: 13 instances
          lakeSink: {autoscaling: {type: hpa, maxReplicas: 13}} ~ lakeSink.autoscaling.maxReplicas: 13 instances
          streamApp: {autoscaling: {type: hpa, minReplicas: 5}} ~ streamApp.autoscaling: minReplicas 5 is more than maxReplicas 4
          streamApp: {autoscaling: {type: hpa}, resources: {requests: {cpu: null}}} ~ streamApp.resources.requests.cpu must be set
          streamApp: {standbyReplicas: 2} ~ streamApp.standbyReplicas is 2, but there are at most 2 instances
          streamApp: {settings: {WEIR_STREAM_GROUP_PROTOCOL: streams}} ~ set streamApp.staticMembership to false
          streamApp: {terminationGracePeriodSeconds: 10} ~ terminationGracePeriodSeconds is less than 30
          streamApp: {settings: {WEIR_STREAM_THREADS: "2"}} ~ set streamApp.threads instead
          streamApp: {settings: {WEIR_STREAM_PORT: "80"}} ~ WEIR_STREAM_PORT among the settings: the chart sets it
          streamApp: {settings: {WEIR_STREAM_PSEUDONYM_KEY: x}} ~ WEIR_STREAM_PSEUDONYM_KEY among the settings is a secret
          streamApp: {settings: {OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer x"}} ~ OTEL_EXPORTER_OTLP_HEADERS among the settings is a secret
          lakeSink: {settings: {OTEL_EXPORTER_OTLP_TRACES_HEADERS: "a=b"}} ~ name that in kafka.secrets, lake.secrets, streamApp.secrets, lakeSink.secrets, mlScoring.secrets
          mlScoring: {settings: {OTEL_CLIENT_KEY_PASSWORD: x}} ~ OTEL_CLIENT_KEY_PASSWORD among the settings is a secret
          streamApp: {settings: {WEIR_CLIENT_KEY: x}} ~ WEIR_CLIENT_KEY among the settings is a secret
          streamApp: {settings: {WEIR_STREAM_A: "http://me:word@a/b"}} ~ WEIR_STREAM_A has a password in its address
          alerts: {url: 'https://me:word@a'} ~ alerts.url has a password in its address
          mlScoring: {starterModel: none, mlflow: {url: "http://me:word@mlflow:5000"}} ~ mlScoring.mlflow.url has a password
          mlScoring: {mlflow: {url: "http://a", urlSecret: {name: b}}} ~ has both url and urlSecret
          mlScoring: {mlflow: {urlSecret: {name: b}}} ~ set networkPolicy.mlflow.ports
          mlScoring: {settings: {WEIR_SCORING_MLFLOW_URL: "http://a"}} ~ set mlScoring.mlflow.url or
          alerts: {enabled: true} ~ alerts.rules is empty
          alerts: {enabled: true, rules: '{}'} ~ alerts.url is not set
          alerts: {enabled: true, rules: '{}', url: 'https://a'} ~ alerts.secret.name is not set
          demo: {lake: true} ~ demo.lake is a folder of one pod
          demo: {kafka: true} ~ demo.kafka starts a broker, and kafka.bootstrapServers names kafka:9092
          lakeMaintenance: {schedule: hourly} ~ lakeMaintenance.schedule is "hourly": set it to minute, hour, day
          lakeMaintenance: {schedule: "61 * * * *"} ~ lakeMaintenance.schedule is "61 * * * *"
          audit: {schedule: "0 24 * * *"} ~ audit.schedule is "0 24 * * *"
          audit: {schedule: "0 0 * *"} ~ audit.schedule is "0 0 * *"
          training: {models: [{model: p_click, schedule: never}]} ~ the schedule of p_click is "never"
          streamApp: {settings: {WEIR_KAFKA_AUTH: scram}} ~ WEIR_KAFKA_AUTH among the settings is scram: set it to none, plain
          """)
  void values_thatContradict_areRefused(String values, String complaint) {
    String model = values.startsWith("mlScoring:") ? "" : MODEL;

    assertThatThrownBy(() -> Chart.render(KAFKA + LAKE + model + values))
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "lake/weir, lake.warehouse is lake/weir: set it to an address such as s3://lake/weir",
    "https://store/lake, and the lake is no web page"
  })
  void lake_thatIsNoAddress_isRefused(String warehouse, String complaint) {
    assertThatThrownBy(() -> Chart.render(KAFKA + MODEL + "lake: {warehouse: '" + warehouse + "'}"))
        .hasMessageContaining(complaint);
  }

  @Test
  void demoOfPostgres_besideAPassword_isRefused() {
    String values =
        """
        demo: {postgres: true}
        postgres: {passwordSecret: {name: a}}
        """;

    assertThatThrownBy(() -> Chart.render(KAFKA + LAKE + MODEL + values))
        .hasMessageContaining("and postgres.passwordSecret names a");
  }

  /** The server knows its warehouses by names. */
  @Test
  void lakeOfARestCatalog_mayBeAName() {
    String lake = "lake: {warehouse: shop, settings: {WEIR_SINK_CATALOG: rest}}\n";

    assertThat(Release.of(KAFKA + MODEL + lake).manifests()).isNotEmpty();
  }

  /** Its value is where the key lies. */
  @ParameterizedTest
  @ValueSource(strings = {"OTEL_EXPORTER_OTLP_CLIENT_KEY", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY"})
  void pathOfAKey_isNoSecret(String name) {
    Release release =
        Release.of(Chart.LEAST + "lakeSink: {settings: {" + name + ": /etc/weir/key.pem}}");

    assertThat(release.pod("Deployment", "shop-weir-lake-sink").plain())
        .containsEntry(name, "/etc/weir/key.pem");
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void whatNothingCanRunWithout_isAskedFor() {
    assertThatThrownBy(() -> Chart.render(LAKE + MODEL))
        .hasMessageContaining("kafka.bootstrapServers is not set; for example kafka:9092");
    assertThatThrownBy(() -> Chart.render(KAFKA + MODEL))
        .hasMessageContaining("lake.warehouse is not set; for example s3://lake/weir");
    assertThatThrownBy(() -> Chart.render(KAFKA + LAKE))
        .hasMessageContaining("mlScoring has no model and would never be ready");
    assertThatThrownBy(() -> Chart.render(KAFKA + MODEL + "lake: {warehouse: /lake}"))
        .hasMessageContaining("lake.volume.existingClaim must name the claim that holds it");
  }

  @Test
  void kafka_thatAsksWhoIsThere_needsASecret() throws IOException {
    String values = Files.readString(Chart.valuesFile("kafka"));

    assertThatThrownBy(() -> Chart.render(values.replace("secrets: [weir-kafka]", "secrets: []")))
        .hasMessageContaining("kafka.settings says SASL_SSL, but nothing holds");
    assertThatThrownBy(() -> Chart.render(values.replace("type: hpa", "type: keda")))
        .hasMessageContaining("name a TriggerAuthentication in keda.authenticationRef");
  }

  @Test
  void login_needsASecretForAllOrForEach() {
    String login =
        KAFKA.replace("kafka: {", "kafka: {settings: {WEIR_KAFKA_AUTH: plain}, ") + LAKE + MODEL;

    assertThatThrownBy(() -> Chart.render(login))
        .hasMessageContaining("WEIR_KAFKA_AUTH=plain, but nothing holds WEIR_KAFKA_PASSWORD");
    assertThatThrownBy(() ->
            Chart.render(login.replace("WEIR_KAFKA_AUTH: plain", "WEIR_KAFKA_PASSWORD: secret")))
        .hasMessageContaining("WEIR_KAFKA_PASSWORD among the settings is a secret");
    assertThat(
            Chart.render(
                login.replace(
                    "WEIR_KAFKA_AUTH: plain",
                    "WEIR_KAFKA_AUTH: plain, WEIR_KAFKA_PASSWORD_FILE: /a")))
        .isNotEmpty();
  }

  @Test
  void training_registersWhatScoringServes() {
    String follows =
        KAFKA
            + LAKE
            + "training: {enabled: true}\nmlScoring: {mlflow: {url: 'http://m', alias: %s}}";

    assertThat(Chart.render(follows.formatted("champion"))).isNotEmpty();
    assertThatThrownBy(() -> Chart.render(follows.formatted("next")))
        .hasMessageContaining("mlScoring.mlflow.alias is next");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " ~ ",
      quoteCharacter = '`',
      textBlock =
          """
          kafka: {bootstrapServers: kafka} ~ bootstrapServers
          kafka: {secretKeys: [{setting: PASSWORD, name: a, key: b}]} ~ secretKeys
          streamApp: {persistence: {size: big}} ~ size
          streamApp: {sessionTimeout: soon} ~ sessionTimeout
          streamApp: {standbyReplicas: -1} ~ standbyReplicas
          streamApp: {autoscaling: {type: vpa}} ~ type
          streamApp: {resources: null} ~ missing property 'resources'
          streamApp: {resources: {limits: {memory: 2gb}}} ~ /streamApp/resources/limits/memory
          streamApp: {resources: {limit: {memory: 2Gi}}} ~ 'limit' not allowed
          kafka: {secrets: null} ~ missing property 'secrets'
          networkPolicy: {kafka: {ports: [0]}} ~ ports
          monitoring: {podMonitor: {}} ~ podMonitor
          """)
  void values_thatTheSchemaDoesNotKnow_areRefused(String values, String name) {
    assertThatThrownBy(() -> Chart.render(LAKE + MODEL + values))
        .hasMessageContaining("don't meet the specifications of the schema")
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@daily", "*/5 0-6,22 1,15 * MON-FRI", "7 3 * * 0", "59 23 31 12 ?"})
  void schedules_ofAllForms_areTaken(String schedule) {
    Release release =
        Release.of(KAFKA + LAKE + MODEL + "audit: {enabled: true, schedule: '" + schedule + "'}");

    assertThat(release.get("CronJob", "shop-weir-audit").at("spec.schedule")).isEqualTo(schedule);
  }

  @Test
  void oneInstance_mayHaveMoreThreadsThanItsStandbysNeed() {
    Release release = Release.of(KAFKA + LAKE + MODEL + "streamApp: {replicas: 1, threads: 12}");

    assertThat(release.get("StatefulSet", "shop-weir-stream-app").at("spec.replicas")).isEqualTo(1);
  }
}
