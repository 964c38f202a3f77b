package io.weir.stream.session.sums;

import io.weir.contract.avro.FeatureInputs;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Touch;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values that depend on the order of a session's events: the pauses, the features as of the
 * first purchase, and the behaviour. They stay as they were when events were added: a later event
 * between those changes no pause and no feature.
 */
final class Pace {
  private final Behaviour behaviour;
  private long longestGap;
  private Latest latest = new Latest();
  private @Nullable FeatureInputs features;

  Pace() {
    this(new Behaviour());
  }

  private Pace(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  /** Adds the next event; {@code before} is the time of the event before it, or its own. */
  void add(Touch touch, long before) {
    addPause(touch.time - before);
    latest.add(touch);
  }

  void addPause(long pause) {
    longestGap = Math.max(longestGap, pause);
  }

  /** Fills the inputs that depend on the order. */
  void fill(FeatureInputs inputs) {
    inputs.setLongestGapMs(longestGap);
    latest.fill(inputs);
  }

  void readBehaviour(List<Touch> touches) {
    behaviour.read(touches);
  }

  Behaviour behaviour() {
    return behaviour;
  }

  /** Keeps the features as they are now, unless an earlier purchase has kept some. */
  void freezeFeatures(Supplier<FeatureInputs> now) {
    if (features == null) {
      features = now.get();
    }
  }

  @Nullable FeatureInputs features() {
    return features;
  }

  void addAll(Pace later) {
    behaviour.addAll(later.behaviour);
    longestGap = Math.max(longestGap, later.longestGap);
    latest.addAll(later.latest);
    features = features == null ? later.features : features;
  }

  void write(ByteWriter out) {
    behaviour.write(out);
    out.varlong(longestGap);
    out.varint(features == null ? 0 : 1);
    if (features != null) {
      write(features, out);
    }
  }

  private static void write(FeatureInputs features, ByteWriter out) {
    out.varint(features.getEvents());
    out.varlong(features.getDurationMs());
    out.varint(features.getPageViews());
    out.varint(features.getProductViews());
    out.varint(features.getSearches());
    out.varint(features.getAdImpressions());
    out.varint(features.getAdClicks());
    out.varint(features.getAddToCarts());
    out.varint(features.getRemoveFromCarts());
    out.varint(features.getCheckouts());
    out.varint(features.getUniquePages());
    out.varint(features.getUniqueProducts());
    out.varlong(features.getLongestGapMs());
  }

  static Pace read(ByteReader in) {
    var pace = new Pace(Behaviour.read(in));
    pace.longestGap = in.varlong();
    if (in.varint() == 1) {
      pace.features =
          new FeatureInputs(
              in.varint(),
              in.varlong(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varint(),
              in.varlong(),
              null,
              null);
    }
    return pace;
  }

  /** Writes what folds of earlier versions do not have. */
  void writeLatest(ByteWriter out) {
    latest.write(out);
    if (features != null) {
      Latest.write(features, out);
    }
  }

  void readLatest(ByteReader in) {
    latest = Latest.read(in);
    if (features != null) {
      Latest.read(features, in);
    }
  }
}
