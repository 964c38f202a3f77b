package io.weir.helm;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a release although each of its objects is right by itself: names, selectors,
 * ports and references that lead nowhere, and pods that may do too much.
 */
final class Problems {
  private static final Set<String> WORKLOADS = Set.of("StatefulSet", "Deployment");

  private final Release release;
  private final List<String> problems = new ArrayList<>();

  private Problems(Release release) {
    this.release = release;
  }

  static List<String> of(Release release) {
    var problems = new Problems(release);
    problems.names();
    problems.selectors();
    problems.services();
    problems.references();
    for (Manifest pod : release.pods()) {
      problems.pod(pod);
      problems.problems.addAll(PodSecurity.problems(pod));
    }
    return problems.problems;
  }

  private void add(Manifest where, String problem) {
    problems.add(where.title() + ": " + problem);
  }

  private void names() {
    var seen = new HashSet<String>();
    for (Manifest each : release.manifests()) {
      if (!seen.add(each.title())) {
        add(each, "is there twice");
      }
      // Kubernetes hangs 11 characters on the names of what these make.
      int most = Set.of("CronJob", "StatefulSet").contains(each.kind()) ? 52 : 63;
      if (each.name().length() > most || !each.name().matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
        add(each, "is no name of at most " + most + " letters, digits and hyphens");
      }
    }
  }

  /** A workload owns the pods of its template, and nobody else's. */
  private void selectors() {
    for (Manifest each : release.manifests()) {
      if (WORKLOADS.contains(each.kind())) {
        Map<String, String> selector = Manifest.texts(each.at("spec.selector.matchLabels"));
        List<Manifest> selected = selected(selector);
        if (selected.size() != 1 || !selected.getFirst().name().equals(each.name())) {
          add(each, "selects the pods of " + selected.stream().map(Manifest::title).toList());
        }
      }
      if (each.isKind("PodDisruptionBudget") || each.isKind("PodMonitor")) {
        Map<String, String> selector = Manifest.texts(each.at("spec.selector.matchLabels"));
        if (selected(selector).size() != 1) {
          add(
              each,
              "selects the pods of " + selected(selector).stream().map(Manifest::title).toList());
        }
      }
    }
  }

  private List<Manifest> selected(Map<String, String> selector) {
    return release.pods().stream()
        .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
        .toList();
  }

  private void services() {
    release
        .kind("Service")
        .forEach(service -> {
          List<Manifest> pods = selected(Manifest.texts(service.find("spec.selector")));
          if (pods.size() != 1) {
            add(service, "selects the pods of " + pods.stream().map(Manifest::title).toList());
          }
          for (Map<?, ?> port : service.all("spec.ports")) {
            Object target = requireNonNull(port.get("targetPort"));
            pods.stream()
                .filter(pod -> !requireNonNull(port.get("port")).equals(port(pod, target)))
                .forEach(pod -> add(service, "port " + target + " is not that of the pod"));
          }
        });
    release
        .kind("PodMonitor")
        .forEach(monitor -> {
          Object port = monitor.at("spec.podMetricsEndpoints.0.port");
          selected(Manifest.texts(monitor.at("spec.selector.matchLabels"))).stream()
              .filter(pod -> port(pod, port) == null)
              .forEach(pod -> add(monitor, "port " + port + " is not that of the pod"));
        });
  }

  /** The number of a container's port, given by name or number. */
  private static @Nullable Object port(Manifest pod, Object given) {
    return pod.containers()
        .flatMap(container -> Manifest.all(container, "ports").stream())
        .filter(port -> given.equals(port.get("name")) || given.equals(port.get("containerPort")))
        .<Object>map(port -> requireNonNull(port.get("containerPort")))
        .findFirst()
        .orElse(null);
  }

  private void references() {
    for (Manifest each : release.manifests()) {
      if (each.isKind("StatefulSet")
          && !release.has("Service", (String) each.at("spec.serviceName"))) {
        add(each, "has no Service " + each.at("spec.serviceName"));
      }
      Object target = each.find("spec.scaleTargetRef.name");
      if (target != null) {
        scaled(each, (String) each.at("spec.scaleTargetRef.kind"), (String) target);
      }
    }
  }

  private void scaled(Manifest scaler, String kind, String name) {
    if (!release.has(kind, name)) {
      add(scaler, "scales " + kind + " " + name + ", which is not there");
    } else if (release.get(kind, name).find("spec.replicas") != null) {
      add(scaler, kind + " " + name + " has replicas, which each upgrade would set back");
    }
  }

  private void pod(Manifest pod) {
    Object account = pod.find("spec.serviceAccountName");
    if (account == null) {
      add(pod, "has no service account");
    }
    Set<String> volumes = volumes(pod);
    pod.containers()
        .forEach(container -> {
          mounts(pod, container, volumes);
          probes(pod, container);
          if (Manifest.find(container, "resources.limits.memory") == null) {
            add(pod, "has no limit of memory");
          }
          variables(pod, container);
        });
    for (Map<?, ?> volume : pod.all("spec.volumes")) {
      Object map = Manifest.find(volume, "configMap.name");
      if (map != null && !release.has("ConfigMap", (String) map)) {
        add(pod, "mounts ConfigMap " + map + ", which is not there");
      }
    }
  }

  private Set<String> volumes(Manifest pod) {
    Stream<Map<?, ?>> claims =
        pod.isKind("StatefulSet")
            ? release.get(pod.kind(), pod.name()).all("spec.volumeClaimTemplates").stream()
            : Stream.of();
    return Stream.concat(
            pod.all("spec.volumes").stream().map(volume -> (String) volume.get("name")),
            claims.map(claim -> (String) Manifest.find(claim, "metadata.name")))
        .collect(Collectors.toSet());
  }

  private void mounts(Manifest pod, Map<?, ?> container, Set<String> volumes) {
    var places = new HashSet<Object>();
    for (Map<?, ?> mount : Manifest.all(container, "volumeMounts")) {
      if (!volumes.contains(mount.get("name"))) {
        add(pod, "mounts " + mount.get("name") + ", which is no volume of it");
      }
      if (!places.add(mount.get("mountPath"))) {
        add(pod, "mounts two volumes at " + mount.get("mountPath"));
      }
    }
  }

  private void probes(Manifest pod, Map<?, ?> container) {
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      Object asked = Manifest.find(container, probe + ".httpGet");
      if (asked instanceof Map<?, ?> get) {
        if (port(pod, requireNonNull(get.get("port"))) == null) {
          add(pod, probe + " asks port " + get.get("port") + ", which is none of its own");
        }
        String path = probe.equals("readinessProbe") ? "/ready" : "/health";
        if (!path.equals(get.get("path"))) {
          add(pod, probe + " asks " + get.get("path") + " instead of " + path);
        }
      }
    }
  }

  private void variables(Manifest pod, Map<?, ?> container) {
    var seen = new HashSet<Object>();
    for (Map<?, ?> variable : Manifest.all(container, "env")) {
      String name = (String) requireNonNull(variable.get("name"));
      if (!seen.add(name)) {
        add(pod, "sets " + name + " twice");
      }
      if (variable.containsKey("value") && isSecret(name)) {
        add(pod, name + " is a secret in plain text");
      }
    }
  }

  /** OpenTelemetry's CLIENT_KEY is the path of a file. */
  private static boolean isSecret(String name) {
    return name.matches(".*(PASSWORD|SECRET|JAAS|_KEY|_HEADERS$).*")
        && !name.matches("OTEL_.*_CLIENT_KEY");
  }
}
