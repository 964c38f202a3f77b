package io.weir.helm;

import java.util.List;
import java.util.Map;

/** The rendered CronJob of the lake's maintenance, which Kubernetes takes. */
record LakeJob(Manifest manifest) {

  static LakeJob of(String values) {
    return of(Chart.RELEASE, values);
  }

  static LakeJob of(String release, String values) {
    Manifest job =
        Chart.render(release, Chart.JOB_ONLY + values).stream()
            .filter(each -> each.isKind("CronJob") && each.name().endsWith("-lake-maintenance"))
            .findFirst()
            .orElseThrow();
    Kubernetes.check(job);
    return new LakeJob(job);
  }

  /** The value at a path such as {@code spec.schedule}. */
  Object job(String path) {
    return manifest.at(path);
  }

  Object pod(String path) {
    return job("spec.jobTemplate.spec.template.spec." + path);
  }

  Object container(String path) {
    return pod("containers.0." + path);
  }

  List<String> arguments() {
    return ((List<?>) container("args")).stream().map(String.class::cast).toList();
  }

  /** The variables that have a value in the manifest. */
  Map<String, String> plain() {
    Manifest pod = manifest.pod();
    return pod == null ? Map.of() : pod.plain();
  }
}
