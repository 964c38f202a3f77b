package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job that trains: where its models go, and what it reads. */
class TrainingTest {
  private static final String NAME = "shop-weir-training";
  private static final String SCORING = "shop-weir-ml-scoring";
  private static final String LAKE =
      """
      kafka: {bootstrapServers: "kafka:9092"}
      lake: {warehouse: "s3://lake/weir", secrets: [store]}
      training: {enabled: true}
      """;

  @Test
  void withMlflow_modelsAreRegisteredThere() {
    Release release =
        Release.of(LAKE + "mlScoring: {mlflow: {url: 'http://mlflow:5000', model: buys}}");
    Manifest pod = release.pod("CronJob", NAME);

    assertThat(pod.at("spec.containers.0.args").toString())
        .isEqualTo(
            "[sessions, --out=/tmp/models, --mlflow=$(MLFLOW_URL), --name=buys, --from=30d]");
    assertThat(pod.plain())
        .containsEntry("MLFLOW_URL", "http://mlflow:5000")
        .containsEntry("WEIR_SINK_WAREHOUSE", "s3://lake/weir");
    assertThat(pod.all("spec.volumes")).hasSize(1);
    assertThat(Problems.of(release)).isEmpty();
  }

  /** The trainer refuses a second name, and the return model is not the conversion model. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model=p_return_7d, --from=60d",
        "--model, p_return_7d, --from=60d",
        "--from=60d, --name=others",
        "--from=60d, --name, others"
      })
  void withAModelInTheArguments_theNameIsLeftToThem(String args) {
    Release release =
        Release.of(
            "%smlScoring: {mlflow: {url: 'http://mlflow:5000', model: buys}}%n"
                .formatted(LAKE)
                .replace("{enabled: true}", "{enabled: true, args: [" + args + "]}"));

    assertThat(release.pod("CronJob", NAME).at("spec.containers.0.args").toString())
        .isEqualTo("[sessions, --out=/tmp/models, --mlflow=$(MLFLOW_URL), " + args + "]");
  }

  /** As docs/kubernetes.md tells it. */
  @Test
  void secondRelease_hasTheJobAlone() {
    Release release =
        Release.of(
            """
            kafka: {bootstrapServers: "kafka:9092"}
            lake: {warehouse: "s3://lake/weir", secrets: [store]}
            streamApp: {enabled: false}
            lakeSink: {enabled: false}
            mlScoring: {enabled: false, mlflow: {url: 'http://mlflow:5000'}}
            preparation: {enabled: false}
            lakeMaintenance: {enabled: false}
            audit: {enabled: false}
            drift: {enabled: false}
            training: {enabled: true, args: [--model=p_return_7d, --from=60d]}
            """);

    for (String kind : List.of("StatefulSet", "Deployment", "Job")) {
      assertThat(release.kind(kind)).as(kind).isEmpty();
    }
    assertThat(release.kind("CronJob")).hasSize(1);
    assertThat(release.pod("CronJob", NAME).at("spec.containers.0.args").toString())
        .isEqualTo(
            "[sessions, --out=/tmp/models, --mlflow=$(MLFLOW_URL), --model=p_return_7d, --from=60d]");
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void listOfModels_hasAJobForEach_withWhatItGivesOfItsOwn() {
    Release release =
        Release.of(
            """
            kafka: {bootstrapServers: "kafka:9092"}
            lake: {warehouse: "s3://lake/weir", secrets: [store]}
            mlScoring: {mlflow: {url: 'http://mlflow:5000', model: buys}}
            training:
              enabled: true
              podLabels: {team: shop}
              models:
                - {model: p_convert}
                - {model: p_click, schedule: "7 4 * * *", name: clicks, podLabels: {}}
                - model: p_return_7d
                  args: [--from=60d]
                  suspend: true
                  resources: {limits: {memory: 3Gi}}
            """);

    // With that of the lake's maintenance.
    assertThat(release.kind("CronJob")).hasSize(4);
    assertThat(release.pod("CronJob", NAME).at("spec.containers.0.args").toString())
        .isEqualTo(
            "[sessions, --out=/tmp/models, --mlflow=$(MLFLOW_URL), --name=buys, --model=p_convert, --from=30d]");
    assertThat(release.get("CronJob", NAME).at("spec.schedule")).isEqualTo("29 3 * * *");
    Manifest clicks = release.get("CronJob", NAME + "-clicks");
    assertThat(clicks.at("spec.schedule")).isEqualTo("7 4 * * *");
    assertThat(release.pod("CronJob", NAME + "-clicks").at("spec.containers.0.args").toString())
        .isEqualTo(
            "[sessions, --out=/tmp/models, --mlflow=$(MLFLOW_URL), --name=clicks, --model=p_click, --from=30d]");
    Manifest returns = release.get("CronJob", NAME + "-returns");
    assertThat(returns.at("spec.suspend")).isEqualTo(true);
    assertThat(clicks.at("spec.suspend")).isEqualTo(false);
    Manifest pod = release.pod("CronJob", NAME + "-returns");
    assertThat(pod.at("spec.containers.0.args").toString())
        .isEqualTo(
            "[sessions, --out=/tmp/models, --mlflow=$(MLFLOW_URL), --model=p_return_7d, --from=60d]");
    // What a model gives replaces that of all: there are no requests.
    assertThat(pod.at("spec.containers.0.resources.limits.memory")).isEqualTo("3Gi");
    assertThat(pod.at("metadata.labels.team")).isEqualTo("shop");
    assertThat(Problems.of(release)).isEmpty();
  }

  /** ml-scoring looks for what the jobs register. */
  @Test
  void namesOfTheList_areThoseThatMlScoringFollows() {
    String mlflow = LAKE + "mlScoring: {mlflow: {url: 'http://mlflow:5000'}%s}%n";
    String models =
        "training: {enabled: true, models: [{model: p_convert}, {model: p_click, name: clicks},"
            + " {model: p_return_7d, name: back}]}\n";
    String values = mlflow.replace("training: {enabled: true}\n", models);

    assertThat(Release.of(values.formatted("")).pod("Deployment", SCORING).plain())
        .containsEntry("WEIR_SCORING_MLFLOW_CLICK_MODEL", "clicks")
        .containsEntry("WEIR_SCORING_MLFLOW_RETURN_MODEL", "back");
    assertThat(
            Release.of(values.formatted(", settings: {WEIR_SCORING_MLFLOW_CLICK_MODEL: elsewhere}"))
                .pod("Deployment", SCORING)
                .plain())
        .containsEntry("WEIR_SCORING_MLFLOW_CLICK_MODEL", "elsewhere");
    assertThat(
            Release.of(values.replace(", name: clicks", "").formatted(""))
                .pod("Deployment", SCORING)
                .plain())
        .doesNotContainKey("WEIR_SCORING_MLFLOW_CLICK_MODEL");
    assertThatThrownBy(
            () -> Release.of(values.replace("p_convert}", "p_convert, name: sells}").formatted("")))
        .hasMessageContaining("training.models gives p_convert the name sells");
  }

  @Test
  void listOfModels_writesIntoTheClaim_andEachFindsItsFolder() {
    Release release =
        Release.of(
            LAKE.replace("{enabled: true}", "{enabled: true, models: [{model: p_click}]}")
                + "mlScoring: {existingClaim: models}");

    assertThat(release.has("CronJob", NAME)).isFalse();
    assertThat(release.pod("CronJob", NAME + "-clicks").at("spec.containers.0.args").toString())
        .isEqualTo("[sessions, --out=/var/lib/weir/model, --model=p_click, --from=30d]");
    assertThat(Problems.of(release)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{model: p_click}, {model: p_click} | training.models has p_click twice",
        "{model: p_click, args: [--model=p_convert]} | leave --model and --name out of its args",
        "{model: p_click, args: [--name, x]} | leave --model and --name out of its args",
        "{model: p_buys} | /training/models/0/model",
        "{schedule: '0 1 * * *'} | model",
        "{model: p_click, schedule: 'at night'} | schedule"
      })
  void wrongModel_isRefused(String models, String why) {
    String values =
        LAKE.replace("{enabled: true}", "{enabled: true, models: [" + models + "]}")
            + "mlScoring: {existingClaim: models}";

    assertThatThrownBy(() -> Release.of(values)).hasMessageContaining(why);
  }

  @Test
  void withAddressInASecret_noManifestHasIt() {
    Release release =
        Release.of(
            LAKE
                + """
                networkPolicy: {mlflow: {ports: [5000]}}
                mlScoring: {mlflow: {urlSecret: {name: mlflow}}}
                """);

    assertThat(release.pod("CronJob", NAME).all("spec.containers.0.env"))
        .anyMatch(each -> "mlflow".equals(Manifest.find(each, "valueFrom.secretKeyRef.name")));
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void withAClaim_modelsGoWhereTheScorerLooks() {
    Release release = Release.of(LAKE + "mlScoring: {existingClaim: models}");
    Manifest pod = release.pod("CronJob", NAME);

    assertThat(pod.at("spec.containers.0.args").toString())
        .isEqualTo("[sessions, --out=/var/lib/weir/model, --from=30d]");
    assertThat(pod.all("spec.volumes"))
        .anyMatch(each -> "models".equals(Manifest.find(each, "persistentVolumeClaim.claimName")));
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void withNeither_theChartSaysWhatIsMissing() {
    assertThatThrownBy(() -> Release.of(LAKE + "mlScoring: {starterModel: demo}"))
        .hasMessageContaining("training has nowhere to put its models");
  }
}
