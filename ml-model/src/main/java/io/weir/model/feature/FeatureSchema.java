package io.weir.model.feature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The features of a model and the names of their places in the vector, in their order.
 *
 * @param version raised with each change of the features, also of a computation under the same name
 * @param fingerprint changes with the version, each name and the order
 */
public record FeatureSchema(
    int version, List<ModelFeature> features, List<String> names, String fingerprint) {
  /** The version of what {@link SessionFeatures} computes. */
  public static final int FEATURE_SET_VERSION = 4;

  private static final FeatureSchema CURRENT =
      of("v" + FEATURE_SET_VERSION, FEATURE_SET_VERSION, List.of(Feature.values()));
  private static final int[] FIRST = CURRENT.firstPlaces();

  public FeatureSchema {
    features = List.copyOf(features);
    names = List.copyOf(names);
  }

  /** The schema of the vectors that {@link SessionFeatures} computes. */
  public static FeatureSchema current() {
    return CURRENT;
  }

  public int size() {
    return names.size();
  }

  /** The feature's first place in the vector. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is part of the schema
  public static int place(Feature feature) {
    return FIRST[feature.ordinal()];
  }

  /** The first place of each feature. */
  int[] firstPlaces() {
    var first = new int[features.size()];
    for (int at = 1; at < first.length; at++) {
      first[at] = first[at - 1] + features.get(at - 1).width();
    }
    return first;
  }

  /** A schema whose fingerprint depends on the name, the version in it, and all names of places. */
  static FeatureSchema of(String name, int version, List<ModelFeature> features) {
    List<String> names = features.stream().flatMap(each -> each.places().stream()).toList();
    return new FeatureSchema(
        version, features, names, digest(name + '\n' + String.join("\n", names)));
  }

  private static String digest(String description) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(description.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
