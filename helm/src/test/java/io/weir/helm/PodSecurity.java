package io.weir.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kubernetes' pod security standard "restricted", as its documentation lists it, and two more. */
final class PodSecurity {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private PodSecurity() {}

  static List<String> problems(Manifest pod) {
    var problems = new ArrayList<String>();
    require(problems, pod, pod.whole(), "spec.securityContext.runAsNonRoot", true);
    require(
        problems, pod, pod.whole(), "spec.securityContext.seccompProfile.type", "RuntimeDefault");
    // Not asked by the standard: nothing here speaks to the API server.
    require(problems, pod, pod.whole(), "spec.automountServiceAccountToken", false);
    require(problems, pod, pod.whole(), "spec.enableServiceLinks", false);
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (Boolean.TRUE.equals(pod.find("spec." + host))) {
        problems.add(pod.title() + ": " + host);
      }
    }
    if (Integer.valueOf(0).equals(pod.find("spec.securityContext.runAsUser"))) {
      problems.add(pod.title() + ": runs as root");
    }
    for (Map<?, ?> volume : pod.all("spec.volumes")) {
      if (volume.keySet().stream().noneMatch(VOLUMES::contains)) {
        problems.add(pod.title() + ": volume of a kind that is refused: " + volume);
      }
    }
    pod.containers().forEach(container -> container(problems, pod, container));
    return problems;
  }

  private static void container(List<String> problems, Manifest pod, Map<?, ?> container) {
    require(problems, pod, container, "securityContext.allowPrivilegeEscalation", false);
    require(problems, pod, container, "securityContext.capabilities.drop", List.of("ALL"));
    if (Manifest.find(container, "securityContext.capabilities.add") != null) {
      problems.add(pod.title() + ": adds capabilities");
    }
    if (Boolean.TRUE.equals(Manifest.find(container, "securityContext.privileged"))) {
      problems.add(pod.title() + ": is privileged");
    }
    for (Map<?, ?> port : Manifest.all(container, "ports")) {
      if (port.containsKey("hostPort")) {
        problems.add(pod.title() + ": takes a port of its host");
      }
    }
    // The demo's broker writes beside its program.
    if (!pod.name().endsWith("-demo-kafka")) {
      require(problems, pod, container, "securityContext.readOnlyRootFilesystem", true);
    }
  }

  private static void require(
      List<String> problems, Manifest pod, Map<?, ?> root, String path, Object value) {
    Object found = Manifest.find(root, path);
    if (!value.equals(found)) {
      problems.add(pod.title() + ": " + path + " is " + found + " instead of " + value);
    }
  }
}
