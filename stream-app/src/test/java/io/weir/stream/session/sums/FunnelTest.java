package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.TouchType;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FunnelTest {

  private static Funnel funnel(TouchType type, long... times) {
    var funnel = new Funnel();
    Arrays.stream(times).forEach(time -> funnel.add(type.code(), time));
    return funnel;
  }

  private static Funnel joined(Funnel... parts) {
    var joined = new Funnel();
    for (Funnel part : parts) {
      joined.addAll(stored(part));
      joined = stored(joined);
    }
    return joined;
  }

  private static Funnel stored(Funnel funnel) {
    return Funnel.read(new ByteReader(bytes(funnel)));
  }

  private static byte[] bytes(Funnel funnel) {
    var out = new ByteWriter(64);
    funnel.write(out);
    return out.toBytes();
  }

  private static Session row(Funnel funnel) {
    var row = new Session();
    funnel.fill(row);
    return row;
  }

  @Test
  void stepsOutOfOrder_doNotCount() {
    Session row =
        row(
            joined(
                funnel(TouchType.PRODUCT_VIEW, 50),
                funnel(TouchType.ADD_TO_CART, 40, 60),
                funnel(TouchType.CHECKOUT, 55),
                funnel(TouchType.PURCHASE, 70)));

    assertThat(row.getFunnelStep()).isEqualTo(2);
    assertThat(row.getFunnelCartTime()).isEqualTo(60);
    assertThat(row.getFunnelCheckoutTime()).isNull();
    assertThat(row.getFunnelPurchaseTime()).isNull();
  }

  @Test
  void cartWithoutView_isNoStep() {
    assertThat(row(funnel(TouchType.ADD_TO_CART, 40)).getFunnelStep()).isZero();
  }

  @Test
  void equalTimes_areInOrder() {
    Session row =
        row(
            joined(
                funnel(TouchType.PURCHASE, 50),
                funnel(TouchType.CHECKOUT, 50),
                funnel(TouchType.ADD_TO_CART, 50),
                funnel(TouchType.PRODUCT_VIEW, 50)));

    assertThat(row.getFunnelStep()).isEqualTo(4);
  }

  /** The cart of 60 had reached the step; the late view makes it the one of 40. */
  @Test
  void lateView_movesTheLaterSteps() {
    Session row =
        row(
            joined(
                funnel(TouchType.PRODUCT_VIEW, 50),
                funnel(TouchType.ADD_TO_CART, 40, 60),
                funnel(TouchType.CHECKOUT, 55, 65),
                funnel(TouchType.PRODUCT_VIEW, 30)));

    assertThat(row.getFunnelCartTime()).isEqualTo(40);
    assertThat(row.getFunnelCheckoutTime()).isEqualTo(55);
  }

  /** What a step no longer needs is not stored, and no step keeps more than its bound. */
  @Test
  void manyEvents_takeFewBytes() {
    long[] times = LongStream.range(0, 100_000).toArray();
    Funnel carts = funnel(TouchType.ADD_TO_CART, times);

    assertThat(bytes(joined(funnel(TouchType.PRODUCT_VIEW, 10), carts))).hasSizeLessThan(20);
    assertThat(bytes(carts)).hasSizeLessThan(4 * Funnel.MOST);
    Session row = row(joined(carts, funnel(TouchType.PRODUCT_VIEW, 99_999)));
    assertThat(row.getFunnelCartTime()).isEqualTo(99_999);
  }
}
