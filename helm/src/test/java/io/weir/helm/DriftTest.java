package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The job that watches models: where it finds them, and what it writes to. */
class DriftTest {
  private static final String NAME = "shop-weir-drift";
  private static final String LAKE =
      """
      kafka: {bootstrapServers: "kafka:9092"}
      lake: {warehouse: "s3://lake/weir", secrets: [store]}
      drift: {enabled: true}
      """;

  @Test
  void models_areReadWhereTheScorerKeepsThem() {
    Release release =
        Release.of(
            LAKE + "mlScoring: {existingClaim: models, mlflow: {url: 'http://mlflow:5000'}}");
    Manifest pod = release.pod("CronJob", NAME);

    assertThat(pod.at("spec.containers.0.args").toString())
        .isEqualTo("[drift, --models=/var/lib/weir/model, --from=7d]");
    assertThat(pod.all("spec.volumes"))
        .anyMatch(each -> "models".equals(Manifest.find(each, "persistentVolumeClaim.claimName")));
    assertThat(pod.all("spec.containers.0.volumeMounts"))
        .anyMatch(each -> Boolean.TRUE.equals(each.get("readOnly")));
    assertThat(pod.plain())
        .containsEntry("WEIR_SINK_WAREHOUSE", "s3://lake/weir")
        .containsKey("WEIR_POSTGRES_URL");
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void starterModel_needsNoClaim() {
    Release release = Release.of(LAKE + "mlScoring: {starterModel: demo}");

    assertThat(release.pod("CronJob", NAME).at("spec.containers.0.args").toString())
        .isEqualTo("[drift, --models=/tmp, --from=7d]");
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void modelsOfMlflowAlone_cannotBeRead_andTheChartSaysSo() {
    String values = LAKE + "mlScoring: {starterModel: demo, mlflow: {url: 'http://mlflow:5000'}}";

    assertThatThrownBy(() -> Release.of(values)).hasMessageContaining("mlScoring.existingClaim");
  }

  @Test
  void withoutItsSwitch_thereIsNone() {
    Release release = Release.of(LAKE.replace("true", "false") + "mlScoring: {starterModel: demo}");

    assertThat(release.has("CronJob", NAME)).isFalse();
  }
}
