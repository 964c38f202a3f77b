package io.weir.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** All objects of a rendered release. */
record Release(List<Manifest> manifests) {

  static Release of(String values) {
    return new Release(Chart.render(values));
  }

  /** With the pod of {@code helm test}: the library renders no hooks, so it is none here. */
  static Release withTest(Path folder, String values) throws IOException {
    Path chart = Chart.copy(folder);
    Path test = chart.resolve("templates/tests/ready.yaml");
    Files.writeString(test, Files.readString(test).replaceAll("    helm.sh/hook.*\n", ""));
    return new Release(Chart.render(chart, Chart.RELEASE, values));
  }

  Manifest get(String kind, String name) {
    List<Manifest> found = of(kind, name).toList();
    assertThat(found).as("%s %s in %s", kind, name, titles()).hasSize(1);
    return found.getFirst();
  }

  /** The pod of a workload. */
  Manifest pod(String kind, String name) {
    return Objects.requireNonNull(get(kind, name).pod());
  }

  boolean has(String kind, String name) {
    return of(kind, name).findAny().isPresent();
  }

  Stream<Manifest> kind(String kind) {
    return manifests.stream().filter(each -> each.isKind(kind));
  }

  /** What will run, tests of the release included. */
  List<Manifest> pods() {
    return manifests.stream().map(Manifest::pod).filter(Objects::nonNull).toList();
  }

  List<String> titles() {
    return manifests.stream().map(Manifest::title).toList();
  }

  private Stream<Manifest> of(String kind, String name) {
    return kind(kind).filter(each -> each.name().equals(name));
  }
}
