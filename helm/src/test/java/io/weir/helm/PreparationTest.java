package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The job that makes topics and tables before the services need them. */
class PreparationTest {
  private static final String NAME = "shop-weir-preparation-1";

  @Test
  void job_runsTheCommandWithAUserOfItsOwn() {
    Release release =
        Release.of(
            Chart.LEAST
                + """
                preparation:
                  settings: {WEIR_KAFKA_AUTH: scram-sha-512, WEIR_KAFKA_USER: administrator}
                  secrets: [kafka-administrator]
                """);
    Manifest pod = release.pod("Job", NAME);

    assertThat(pod.at("spec.containers.0.args").toString()).isEqualTo("[prepare]");
    assertThat(pod.plain())
        .containsEntry("WEIR_KAFKA_USER", "administrator")
        .containsEntry("WEIR_TOPIC_PARTITIONS", "12");
    assertThat(pod.all("spec.containers.0.envFrom"))
        .anyMatch(each -> "kafka-administrator".equals(Manifest.find(each, "secretRef.name")));
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void job_goesToTheNodesThatItIsGiven() {
    Release release =
        Release.of(
            Chart.LEAST
                + """
                preparation:
                  nodeSelector: {disk: fast}
                  tolerations: [{key: batch, operator: Exists}]
                  affinity: {nodeAffinity: {}}
                """);
    Manifest pod = release.pod("Job", NAME);

    assertThat(pod.at("spec.nodeSelector")).isEqualTo(Map.of("disk", "fast"));
    assertThat(pod.at("spec.tolerations.0.key")).isEqualTo("batch");
    assertThat(pod.at("spec.affinity")).isEqualTo(Map.of("nodeAffinity", Map.of()));
    assertThat(Problems.of(release)).isEmpty();
  }

  @Test
  void withoutLakeSink_thereIsNoJob() {
    assertThat(Chart.render(Chart.JOB_ONLY + Chart.LEAST)).noneMatch(each -> each.isKind("Job"));
    assertThat(Chart.render(Chart.LEAST)).anyMatch(each -> each.isKind("Job"));
  }

  @Test
  void lakeOfOnePod_cannotBePrepared() {
    assertThatThrownBy(() ->
            Chart.render(Chart.LEAST + "demo: {lake: true}\nlakeMaintenance: {enabled: false}\n"))
        .hasMessageContaining("preparation.enabled");
  }
}
