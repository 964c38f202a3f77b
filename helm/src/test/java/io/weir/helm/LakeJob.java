package io.weir.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rendered CronJob of the lake's maintenance, which Kubernetes takes. */
record LakeJob(Object manifest) {

  static LakeJob of(String values) {
    return of(Chart.RELEASE, values);
  }

  static LakeJob of(String release, String values) {
    List<Object> manifests = Chart.render(release, values);
    assertThat(manifests).hasSize(1);
    Kubernetes.checkCronJob(manifests.getFirst());
    return new LakeJob(manifests.getFirst());
  }

  /** The value at a path such as {@code spec.schedule}. */
  Object job(String path) {
    return at(manifest, path);
  }

  Object pod(String path) {
    return job("spec.jobTemplate.spec.template.spec." + path);
  }

  Object container(String path) {
    return pod("containers.0." + path);
  }

  List<String> arguments() {
    return list(container("args")).stream().map(String.class::cast).toList();
  }

  /** The variables that have a value in the manifest. */
  Map<String, String> plain() {
    var plain = new TreeMap<String, String>();
    for (Object variable : list(container("env"))) {
      if (((Map<?, ?>) variable).containsKey("value")) {
        plain.put((String) at(variable, "name"), (String) at(variable, "value"));
      }
    }
    return plain;
  }

  private static Object at(Object root, String path) {
    Object here = root;
    for (String step : path.split("\\.", -1)) {
      here =
          here instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : requireNonNull(((Map<?, ?>) here).get(step), path);
    }
    return here;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }
}
