package io.weir.helm;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Judges manifests as an API server would: a field that Kubernetes does not know, one that is
 * missing, and a value of another type are refused.
 */
final class Kubernetes {
  private static final Map<String, Model> MODELS =
      Map.ofEntries(
          Map.entry("v1 Pod", new Model(V1Pod.class, V1Pod::validateJsonElement)),
          Map.entry("v1 Service", new Model(V1Service.class, V1Service::validateJsonElement)),
          Map.entry("v1 Secret", new Model(V1Secret.class, V1Secret::validateJsonElement)),
          Map.entry("v1 ConfigMap", new Model(V1ConfigMap.class, V1ConfigMap::validateJsonElement)),
          Map.entry(
              "v1 ServiceAccount",
              new Model(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement)),
          Map.entry("batch/v1 CronJob", new Model(V1CronJob.class, V1CronJob::validateJsonElement)),
          Map.entry("batch/v1 Job", new Model(V1Job.class, V1Job::validateJsonElement)),
          Map.entry(
              "apps/v1 Deployment",
              new Model(V1Deployment.class, V1Deployment::validateJsonElement)),
          Map.entry(
              "apps/v1 StatefulSet",
              new Model(V1StatefulSet.class, V1StatefulSet::validateJsonElement)),
          Map.entry(
              "policy/v1 PodDisruptionBudget",
              new Model(V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement)),
          Map.entry(
              "rbac.authorization.k8s.io/v1 Role",
              new Model(V1Role.class, V1Role::validateJsonElement)),
          Map.entry(
              "rbac.authorization.k8s.io/v1 RoleBinding",
              new Model(V1RoleBinding.class, V1RoleBinding::validateJsonElement)),
          Map.entry(
              "networking.k8s.io/v1 NetworkPolicy",
              new Model(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement)),
          Map.entry(
              "autoscaling/v2 HorizontalPodAutoscaler",
              new Model(
                  V2HorizontalPodAutoscaler.class,
                  V2HorizontalPodAutoscaler::validateJsonElement)));

  private record Model(Class<?> type, Validation validation) {}

  private interface Validation {
    void check(JsonElement given) throws IOException;
  }

  private Kubernetes() {}

  static void check(Manifest manifest) {
    String type = manifest.at("apiVersion") + " " + manifest.kind();
    Model model = MODELS.get(type);
    if (model == null) {
      CustomTypes.check(type, manifest);
      return;
    }
    Gson gson = JSON.getGson();
    JsonElement given = gson.toJsonTree(manifest.whole());
    try {
      model.validation.check(given);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonElement taken = gson.toJsonTree(gson.fromJson(given, model.type));
    // Gson takes "1" for 1, and 1 for "1": it shows in what it writes.
    if (!contains(taken, given)) {
      throw new IllegalArgumentException(
          manifest.title() + ": given " + given + ", taken as " + taken);
    }
  }

  /** The client adds empty lists and maps. */
  private static boolean contains(JsonElement whole, JsonElement part) {
    if (whole instanceof JsonObject all && part instanceof JsonObject some) {
      return some.entrySet().stream()
          .allMatch(field -> contains(all.get(field.getKey()), field.getValue()));
    }
    if (whole instanceof JsonArray all && part instanceof JsonArray some) {
      return all.size() == some.size()
          && IntStream.range(0, all.size()).allMatch(i -> contains(all.get(i), some.get(i)));
    }
    return part.equals(whole);
  }
}
