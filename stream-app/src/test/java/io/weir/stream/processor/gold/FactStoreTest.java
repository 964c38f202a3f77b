package io.weir.stream.processor.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.stream.gold.PurchaseFacts;
import io.weir.stream.session.sums.OrderNews.Purchase;
import java.math.BigInteger;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** The facts of purchases; {@link PartitionGoldTest} has those of sessions. */
class FactStoreTest {
  private static final PurchaseFacts FACTS =
      new PurchaseFacts(false, false, List.of(), "EUR", BigInteger.TEN, List.of());

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("facts").get();
  private final FactStore facts = new FactStore(store);

  @Test
  void purchase_isFoundByVisitorTimeAndId() {
    facts.put(new Purchase(10, 1), "ann", FACTS);

    assertThat(facts.get(new Purchase(10, 1), "ann")).isEqualTo(FACTS);
    assertThat(facts.get(new Purchase(10, 1), "bob")).isNull();
    assertThat(facts.get(new Purchase(10, 2), "ann")).isNull();
    assertThat(facts.get(new Purchase(11, 1), "ann")).isNull();
  }

  @Test
  void purchasesBeforeTheFloor_areDeleted() {
    for (int time = -5; time < 20; time++) {
      facts.put(new Purchase(time, 1), "ann", FACTS);
    }

    for (int turn = 0; turn < 10; turn++) {
      facts.purge(new PurgeFloors(7, 0), 3);
    }

    assertThat(store.approximateNumEntries()).isEqualTo(13);
    assertThat(facts.get(new Purchase(6, 1), "ann")).isNull();
    assertThat(facts.get(new Purchase(7, 1), "ann")).isNotNull();
  }

  @Test
  void forgottenVisitor_leavesNoPurchase() {
    facts.put(new Purchase(10, 1), "ann", FACTS);
    facts.put(new Purchase(20, 2), "ann", FACTS);
    facts.put(new Purchase(10, 1), "bob", FACTS);
    facts.forget("ann");
    facts.put(new Purchase(30, 3), "ann", FACTS);
    facts.dropForgotten();

    assertThat(store.approximateNumEntries()).isEqualTo(2);
    assertThat(facts.get(new Purchase(10, 1), "bob")).isNotNull();
    assertThat(facts.get(new Purchase(30, 3), "ann")).isNotNull();
  }
}
