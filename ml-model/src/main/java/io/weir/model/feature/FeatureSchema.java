package io.weir.model.feature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The names of the places of a vector in their order.
 *
 * @param version raised with each change of the features, also of a computation under the same name
 * @param fingerprint changes with the version, each name and the order
 */
public record FeatureSchema(int version, List<String> names, String fingerprint) {
  /** The version of what {@link SessionFeatures} computes. */
  public static final int FEATURE_SET_VERSION = 2;

  private static final FeatureSchema CURRENT = compute();
  private static final int[] FIRST = firstPlaces();

  public FeatureSchema {
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

  private static int[] firstPlaces() {
    Feature[] features = Feature.values();
    var first = new int[features.length];
    for (int at = 1; at < features.length; at++) {
      first[at] = first[at - 1] + features[at - 1].width();
    }
    return first;
  }

  private static FeatureSchema compute() {
    List<String> names =
        Arrays.stream(Feature.values()).flatMap(feature -> feature.places().stream()).toList();
    return of("v" + FEATURE_SET_VERSION, FEATURE_SET_VERSION, names);
  }

  /** A schema whose fingerprint depends on the name, the version in it, and all names of places. */
  static FeatureSchema of(String name, int version, List<String> names) {
    return new FeatureSchema(version, names, digest(name + '\n' + String.join("\n", names)));
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
