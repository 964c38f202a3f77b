package io.weir.helm;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1CronJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/**
 * Judges manifests as an API server would: a field that Kubernetes does not know, one that is
 * missing, and a value of another type are refused.
 */
final class Kubernetes {
  private Kubernetes() {}

  static void checkCronJob(Object manifest) {
    Gson gson = JSON.getGson();
    JsonElement given = gson.toJsonTree(manifest);
    try {
      V1CronJob.validateJsonElement(given);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonElement taken = gson.toJsonTree(gson.fromJson(given, V1CronJob.class));
    // Gson takes "1" for 1, and 1 for "1": it shows in what it writes.
    if (!contains(taken, given)) {
      throw new IllegalArgumentException("given " + given + ", taken as " + taken);
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
