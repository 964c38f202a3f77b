package io.weir.helm;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the NetworkPolicies of a release as a network would: who may open a connection to whom. A
 * pod that no policy of a direction selects is free in that direction; else one rule must allow it.
 */
record Traffic(Release release) {
  /**
   * One end of a connection.
   *
   * @param namespace none for an address outside of the cluster
   */
  record End(@Nullable String namespace, Map<String, String> labels) {
    static final End OUTSIDE = new End(null, Map.of());

    static End of(String component) {
      return new End(
          Chart.NAMESPACE,
          Map.of(
              "app.kubernetes.io/name",
              "weir",
              "app.kubernetes.io/instance",
              Chart.RELEASE,
              "app.kubernetes.io/component",
              component));
    }

    boolean isHere() {
      return Chart.NAMESPACE.equals(namespace);
    }
  }

  boolean isAllowed(End from, End to, int port) {
    return isAllowed(from, to, "TCP", port);
  }

  boolean isAllowed(End from, End to, String protocol, int port) {
    return passes("Egress", from, to, protocol, port)
        && passes("Ingress", to, from, protocol, port);
  }

  private boolean passes(String direction, End owner, End other, String protocol, int port) {
    List<Manifest> policies =
        release
            .kind("NetworkPolicy")
            .filter(policy -> owner.isHere())
            .filter(policy -> ((List<?>) policy.at("spec.policyTypes")).contains(direction))
            .filter(policy -> selects(policy.find("spec.podSelector"), owner.labels()))
            .toList();
    boolean isIn = direction.equals("Ingress");
    return policies.isEmpty()
        || policies.stream()
            .flatMap(policy -> policy.all(isIn ? "spec.ingress" : "spec.egress").stream())
            .anyMatch(rule ->
                hasPort(rule, protocol, port) && hasPeer(rule, isIn ? "from" : "to", other));
  }

  private static boolean hasPort(Map<?, ?> rule, String protocol, int port) {
    List<Map<?, ?>> ports = Manifest.all(rule, "ports");
    return ports.isEmpty()
        || ports.stream()
            .anyMatch(each ->
                protocol.equals(each.get("protocol"))
                    && Integer.valueOf(port).equals(each.get("port")));
  }

  private static boolean hasPeer(Map<?, ?> rule, String side, End other) {
    List<Map<?, ?>> peers = Manifest.all(rule, side);
    return peers.isEmpty() || peers.stream().anyMatch(peer -> isPeer(peer, other));
  }

  private static boolean isPeer(Map<?, ?> peer, End other) {
    String namespace = other.namespace();
    if (namespace == null) {
      return peer.containsKey("ipBlock");
    }
    boolean isNamespace =
        peer.containsKey("namespaceSelector")
            ? selects(
                peer.get("namespaceSelector"), Map.of("kubernetes.io/metadata.name", namespace))
            : other.isHere();
    return isNamespace
        && !peer.containsKey("ipBlock")
        && (!peer.containsKey("podSelector") || selects(peer.get("podSelector"), other.labels()));
  }

  /** An empty selector selects all. */
  private static boolean selects(@Nullable Object selector, Map<String, String> labels) {
    if (!(selector instanceof Map<?, ?> map)) {
      return true;
    }
    Map<String, String> wanted = Manifest.texts(map.get("matchLabels"));
    return labels.entrySet().containsAll(wanted.entrySet())
        && Manifest.all(map, "matchExpressions").stream()
            .allMatch(each -> isIn(each, labels.get((String) each.get("key"))));
  }

  private static boolean isIn(Map<?, ?> expression, @Nullable String value) {
    if (!"In".equals(expression.get("operator"))) {
      throw new IllegalArgumentException("not read here: " + expression);
    }
    return expression.get("values") instanceof List<?> values && values.contains(value);
  }
}
