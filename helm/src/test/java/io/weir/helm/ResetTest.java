package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** The job that lets stream-app begin anew, in the one upgrade that asks for it. */
class ResetTest {
  private static final String NAME = "shop-weir-reset-1";
  private static final String STREAM = "shop-weir-stream-app";
  private static final String RESET = Chart.LEAST + "reset: {release: web/shop}\n";

  @Test
  void withoutTheNameOfTheRelease_thereIsNoJob() {
    assertThat(Release.of(Chart.LEAST).titles()).noneMatch(each -> each.contains("reset"));
  }

  @Test
  void anotherRelease_isRefused() {
    assertThatThrownBy(() -> Chart.render("other", RESET))
        .hasMessageContaining("reset.release is web/shop, and this release is web/other");
    // The values of another namespace, where the release has the same name.
    assertThatThrownBy(() -> Chart.render(Chart.LEAST + "reset: {release: staging/shop}\n"))
        .hasMessageContaining("reset.release is staging/shop, and this release is web/shop");
    assertThatThrownBy(() -> Chart.render(Chart.LEAST + "reset: {release: shop}\n"))
        .hasMessageContaining("(NAMESPACE/RELEASE)");
    assertThatThrownBy(() -> Chart.render(Chart.LEAST + "reset: {release: true}\n"))
        .hasMessageContaining("reset");
  }

  @Test
  void job_namesTheApplicationOfTheRelease_withAUserOfItsOwn() {
    Release release =
        Release.of(
            Chart.LEAST
                + """
                streamApp: {applicationId: shop-two}
                reset:
                  release: web/shop
                  wait: 2m
                  settings: {WEIR_KAFKA_AUTH: scram-sha-512, WEIR_KAFKA_USER: administrator}
                  secrets: [kafka-administrator]
                """);
    Manifest pod = release.pod("Job", NAME);

    assertThat(pod.at("spec.containers.0.args").toString())
        .startsWith("[gold, reset, shop-two, --yes, --wait=2m, --until=");
    assertThat(pod.at("spec.containers.0.image").toString()).contains("lake-tools");
    assertThat(pod.plain())
        .containsEntry("WEIR_STREAM_APPLICATION_ID", "shop-two")
        .containsEntry("WEIR_KAFKA_USER", "administrator");
    assertThat(pod.all("spec.containers.0.envFrom"))
        .anyMatch(each -> "kafka-administrator".equals(Manifest.find(each, "secretRef.name")));
    assertThat(Problems.of(release)).isEmpty();
  }

  /** Or a rollback to the revision of the reset, days later, would reset again. */
  @Test
  void job_deletesNothing_onceItsTimeIsOver() {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Manifest pod = Release.of(RESET).pod("Job", NAME);
    String until = pod.at("spec.containers.0.args.5").toString().replace("--until=", "");

    assertThat(Instant.parse(until).minusSeconds(1800)).isBetween(begin, Instant.now());
  }

  @Test
  void streamApp_hasNoPodsMeanwhile_andNothingScalesIt() {
    String scaled = "streamApp: {autoscaling: {type: hpa}}\n";
    Release release = Release.of(RESET + scaled);

    assertThat(release.get("StatefulSet", STREAM).at("spec.replicas")).isEqualTo(0);
    assertThat(release.has("HorizontalPodAutoscaler", STREAM)).isFalse();
    assertThat(Problems.of(release)).isEmpty();
    assertThat(Release.of(Chart.LEAST + scaled).has("HorizontalPodAutoscaler", STREAM)).isTrue();
    assertThat(Release.of(Chart.LEAST).get("StatefulSet", STREAM).at("spec.replicas")).isEqualTo(2);
  }

  @Test
  void claimsThatWouldStay_areRefused() {
    assertThatThrownBy(
            () -> Chart.render(RESET + "streamApp: {persistence: {whenScaled: Retain}}\n"))
        .hasMessageContaining("whenScaled is not Delete");
    assertThatThrownBy(() -> Chart.render(RESET + "streamApp: {enabled: false}\n"))
        .hasMessageContaining("streamApp.enabled is false");
  }

  @Test
  void job_reachesKafkaAndPostgres() {
    var traffic = new Traffic(Release.of(RESET));
    var job = Traffic.End.of("reset");

    assertThat(traffic.isAllowed(job, Traffic.End.OUTSIDE, 9092)).isTrue();
    assertThat(traffic.isAllowed(job, Traffic.End.OUTSIDE, 5432)).isTrue();
    assertThat(traffic.isAllowed(job, Traffic.End.OUTSIDE, 443)).isFalse();
  }
}
