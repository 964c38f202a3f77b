package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.FeatureInputs;
import io.weir.contract.avro.Session;
import io.weir.stream.session.Events;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchRun;
import io.weir.stream.session.touch.TouchType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatestTest {
  private static final Comparator<Touch> ORDER =
      Comparator.<Touch>comparingLong(touch -> touch.time).thenComparingLong(touch -> touch.idHash);

  private static final List<TouchType> TYPES =
      List.of(
          TouchType.PAGE_VIEW,
          TouchType.PRODUCT_VIEW,
          TouchType.PRODUCT_VIEW,
          TouchType.ADD_TO_CART,
          TouchType.IDENTIFY);

  private static Touch.Builder touch(TouchType type, long time, long id) {
    var touch = new Touch.Builder();
    touch.type = type.code();
    touch.time = time;
    touch.idHash = id;
    return touch;
  }

  private static FeatureInputs filled(Latest latest) {
    var inputs = new FeatureInputs();
    latest.fill(inputs);
    return inputs;
  }

  private static Latest stored(Latest latest) {
    var out = new ByteWriter(64);
    latest.write(out);
    var in = new ByteReader(out.toBytes());
    Latest again = Latest.read(in);
    assertThat(in.isAtEnd()).isTrue();
    return again;
  }

  /** Four times for up to twenty events, in up to three folds and live ones, in any order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalTimesAcrossFolds_areInTheOrderOfTouches(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var touches = new ArrayList<Touch>();
      for (int left = 1 + random.nextInt(20); left > 0; left--) {
        TouchType type = TYPES.get(random.nextInt(TYPES.size()));
        Touch.Builder touch = touch(type, Events.T0 + random.nextInt(4), random.nextLong());
        touch.sale = new Sale(random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000), 0);
        touches.add(touch.build());
      }
      var expected = new Latest();
      touches.stream().sorted(ORDER).forEach(expected::add);

      Collections.shuffle(touches, random);
      var parts = List.of(new Latest(), new Latest(), new Latest(), new Latest());
      touches.forEach(touch -> parts.get(random.nextInt(parts.size())).add(touch));
      Latest all = new Latest();
      for (Latest part : parts) {
        all.addAll(stored(part));
        all = stored(all);
      }

      assertThat(filled(all)).isEqualTo(filled(expected));
    }
  }

  /** A fold of state version 11 or before ends before the last step. */
  @Test
  void olderFold_missesTheLastStep_untilALaterEvent() {
    byte[] older = older(TouchType.PAGE_VIEW, TouchType.ADD_TO_CART);

    SessionSums folded = SessionSums.read(new ByteReader(older));
    assertThat(features(folded).getLastEvent()).isNull();

    SessionSums later = SessionSums.read(new ByteReader(older));
    later.addAll(sums(10, TouchType.PRODUCT_VIEW));
    FeatureInputs features = features(later);
    assertThat(features.getEvents()).isEqualTo(3);
    assertThat(features.getLastEvent()).isEqualTo("product_view");
    assertThat(features.getLastPriceE4()).isEqualTo(500);
  }

  /** The features as of a purchase in such a fold stay as they were. */
  @Test
  void olderFoldWithAPurchase_neverHasTheLastStep() {
    SessionSums later =
        SessionSums.read(new ByteReader(older(TouchType.PRODUCT_VIEW, TouchType.PURCHASE)));

    later.addAll(sums(10, TouchType.CHECKOUT));

    FeatureInputs features = features(later);
    assertThat(features.getEvents()).isEqualTo(1);
    assertThat(features.getLastEvent()).isNull();
    assertThat(features.getLastPriceE4()).isNull();
  }

  private static FeatureInputs features(SessionSums sums) {
    var row = new Session();
    sums.fill(row, new Orders());
    return row.getFeatures();
  }

  private static SessionSums sums(int from, TouchType... types) {
    var run = new TouchRun();
    for (Touch.Builder touch : touches(from, types)) {
      touch.context = run.context(Events.event("e", "x", 0));
      run.insert(touch.build());
    }
    var sums = new SessionSums();
    sums.add(run, 0, types.length);
    return sums;
  }

  private static List<Touch.Builder> touches(int from, TouchType... types) {
    var touches = new ArrayList<Touch.Builder>();
    for (TouchType type : types) {
      int at = from + touches.size();
      Touch.Builder touch = touch(type, Events.T0 + at, at);
      touch.sale = new Sale(500, type == TouchType.PURCHASE ? at : Sale.NO_ORDER);
      touches.add(touch);
    }
    return touches;
  }

  /** A fold without the bytes that version 12 has added. */
  private static byte[] older(TouchType... types) {
    byte[] whole = sums(0, types).toFold().blob().bytes();
    var latest = new Latest();
    var tail = new ByteWriter(64);
    FeatureInputs atPurchase = null;
    for (Touch.Builder touch : touches(0, types)) {
      atPurchase = touch.type == TouchType.PURCHASE.code() ? filled(latest) : atPurchase;
      latest.add(touch.build());
    }
    latest.write(tail);
    if (atPurchase != null) {
      Latest.write(atPurchase, tail);
    }
    return Arrays.copyOf(whole, whole.length - tail.toBytes().length);
  }
}
