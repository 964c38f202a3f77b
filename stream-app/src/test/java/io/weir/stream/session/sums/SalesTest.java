package io.weir.stream.session.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.stream.session.bytes.ByteReader;
import io.weir.stream.session.bytes.ByteWriter;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SalesTest {
  private final Sales sales = new Sales();

  private static Touch purchase(long time, long id, long amount, long order) {
    var touch = new Touch.Builder();
    touch.type = TouchType.PURCHASE.code();
    touch.time = time;
    touch.idHash = id;
    touch.sale = new Sale(amount, order);
    return touch.build();
  }

  private static Session row(Sales sales, int purchases) {
    var row = new Session();
    row.setPurchases(purchases);
    sales.fill(row, new Orders());
    return row;
  }

  private static Sales stored(Sales sales) {
    return Sales.read(new ByteReader(bytes(sales)));
  }

  private static byte[] bytes(Sales sales) {
    var out = new ByteWriter(64);
    sales.write(out);
    return out.toBytes();
  }

  @Test
  void ofOneOrder_theEarliestPurchaseCounts() {
    sales.add(purchase(20, 1, 500, 7), "EUR");
    sales.add(purchase(10, 2, 300, 7), "USD");
    sales.add(purchase(30, 3, 900, 7), "EUR");

    Session row = row(stored(sales), 3);
    assertThat(row.getRevenueE4()).isEqualTo(Map.of("USD", 300L));
    assertThat(row.getPurchases()).isEqualTo(1);
    assertThat(row.getRepeatedPurchases()).isEqualTo(2);
  }

  @Test
  void ofEqualTimes_theSmallestHashCounts() {
    sales.add(purchase(10, 2, 500, 7), "EUR");
    sales.add(purchase(10, 1, 300, 7), "EUR");

    assertThat(row(sales, 2).getRevenueE4()).isEqualTo(Map.of("EUR", 300L));
  }

  @Test
  void purchasesWithoutAnOrder_allCount() {
    sales.add(purchase(10, 2, 500, Sale.NO_ORDER), "EUR");
    sales.add(purchase(11, 1, 300, Sale.NO_ORDER), "EUR");

    Session row = row(sales, 2);
    assertThat(row.getRevenueE4()).isEqualTo(Map.of("EUR", 800L));
    assertThat(row.getPurchases()).isEqualTo(2);
    assertThat(row.getRepeatedPurchases()).isZero();
  }

  @Test
  void refunds_areApartFromRevenue() {
    sales.add(purchase(10, 1, 500, 7), "EUR");
    var refund = new Touch.Builder();
    refund.type = TouchType.REFUND.code();
    refund.sale = new Sale(200, 7);
    sales.add(refund.build(), "EUR");
    sales.add(refund.build(), "EUR");

    Session row = row(stored(sales), 1);
    assertThat(row.getRevenueE4()).isEqualTo(Map.of("EUR", 500L));
    assertThat(row.getRefundedE4()).isEqualTo(Map.of("EUR", 400L));
    assertThat(row.getPurchases()).isEqualTo(1);
  }

  @Test
  void joinedParts_countAnOrderOnce() {
    sales.add(purchase(20, 1, 500, 7), "EUR");
    var later = new Sales();
    later.add(purchase(10, 2, 300, 7), "EUR");
    later.add(purchase(11, 3, 300, 7), "EUR");
    sales.addAll(stored(later));

    Session row = row(sales, 3);
    assertThat(row.getRevenueE4()).isEqualTo(Map.of("EUR", 300L));
    assertThat(row.getPurchases()).isEqualTo(1);
  }

  /** Beyond the limit the revenue is still complete, and no more is kept. */
  @Test
  void manyOrders_areAllCounted() {
    for (int i = 1; i <= 3 * Sales.MOST; i++) {
      sales.add(purchase(i, i, 1, i), "EUR");
    }

    assertThat(row(stored(sales), 3 * Sales.MOST).getRevenueE4())
        .isEqualTo(Map.of("EUR", 3L * Sales.MOST));
    assertThat(bytes(sales)).hasSizeLessThan(30 * Sales.MOST);
  }
}
