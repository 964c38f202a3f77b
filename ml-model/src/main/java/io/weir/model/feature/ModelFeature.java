package io.weir.model.feature;

import io.weir.model.feature.Feature.Kind;
import java.util.List;
import java.util.Locale;

/** One input of a model: its name, and its places in the vector. */
public interface ModelFeature {
  /** The name of the constant. */
  String name();

  /** The name in requests and reports. */
  default String fieldName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Kind kind();

  /** The words of a feature of words, the last of them for all others; else empty. */
  List<String> words();

  /** The names of the feature's places in the vector, as in model files. */
  default List<String> places() {
    return switch (kind()) {
      case NUMBER, DERIVED -> List.of(fieldName());
      case HOUR -> List.of(fieldName() + "_sin", fieldName() + "_cos");
      case WORD -> words().stream().map(word -> fieldName() + "=" + word).toList();
    };
  }

  /** The number of places in the vector. */
  default int width() {
    return switch (kind()) {
      case NUMBER, DERIVED -> 1;
      case HOUR -> 2;
      case WORD -> words().size();
    };
  }
}
