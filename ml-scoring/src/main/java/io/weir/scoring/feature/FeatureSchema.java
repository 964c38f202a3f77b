package io.weir.scoring.feature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The ordered feature names, and a fingerprint that changes with each name, with the order, and
 * with the meaning of a code.
 */
public record FeatureSchema(List<String> names, String fingerprint) {
  /** A version, raised when a feature's computation changes under the same name. */
  private static final int COMPUTATION = 1;

  private static final FeatureSchema CURRENT = compute();

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

  private static FeatureSchema compute() {
    List<Feature> features = List.of(Feature.values());
    var description = new StringBuilder("v").append(COMPUTATION);
    for (Feature feature : features) {
      description.append('\n').append(feature.fieldName()).append(feature.words());
    }
    List<String> names = features.stream().map(Feature::fieldName).toList();
    return new FeatureSchema(names, digest(description.toString()));
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
