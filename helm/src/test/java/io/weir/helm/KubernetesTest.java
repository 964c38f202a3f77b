package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class KubernetesTest {
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: job}
      spec:
        schedule: "0 * * * *"
        jobTemplate:
          spec:
            backoffLimit: 1
            template:
              spec:
                restartPolicy: Never
                containers:
                  - {name: main, image: weir, resources: {limits: {memory: 1Gi}}}
      """;

  @Test
  void job_thatIsRight_isTaken() {
    assertThatCode(() -> Kubernetes.check(parsed(JOB))).doesNotThrowAnyException();
  }

  @Test
  void job_withUnknownField_isRefused() {
    Manifest job = parsed(JOB.replace("backoffLimit", "backOffLimit"));

    assertThatThrownBy(() -> Kubernetes.check(job)).hasMessageContaining("backOffLimit");
  }

  @Test
  void job_withoutRequiredField_isRefused() {
    Manifest job = parsed(JOB.replace("name: main, ", ""));

    assertThatThrownBy(() -> Kubernetes.check(job)).hasMessageContaining("name");
  }

  @Test
  void job_withTextForNumber_isRefused() {
    Manifest job = parsed(JOB.replace("backoffLimit: 1", "backoffLimit: \"1\""));

    assertThatThrownBy(() -> Kubernetes.check(job)).hasMessageContaining("backoffLimit");
  }

  @Test
  void job_withNumberForText_isRefused() {
    Manifest job = parsed(JOB.replace("image: weir", "image: 5"));

    assertThatThrownBy(() -> Kubernetes.check(job)).hasMessageContaining("image");
  }

  private static Manifest parsed(String yaml) {
    return new Manifest(new Yaml().<Map<String, Object>>load(yaml));
  }
}
