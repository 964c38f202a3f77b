package io.weir.stream.processor.gold;

import io.weir.contract.avro.Session;
import io.weir.stream.gold.CellStore;
import io.weir.stream.gold.FoldedFacts;
import io.weir.stream.gold.PurchaseFacts;
import io.weir.stream.gold.SessionFacts;
import io.weir.stream.gold.SessionFactsCodec;
import io.weir.stream.session.row.SessionKey;
import io.weir.stream.session.sums.OrderNews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What was added to gold for each session last, until no event can change the session any more. The
 * visitor's state may have forgotten the session before. Also what each purchase of an order added
 * to the cells of events, until no earlier one can turn up, and what the folded events of a session
 * added.
 */
final class FactStore {
  /** A name of a day is counted for sessions that start on it, until their facts are deleted. */
  private static final long LONGEST_DAY = Duration.ofDays(2).toMillis();

  private final KeyValueStore<Bytes, byte[]> store;

  /** The visitors erased since the last commit, as the beginnings of their sessions' keys. */
  private final Set<String> forgotten = new HashSet<>();

  private int lengthOfForgotten;

  /** Nothing lies before: scans start here, past the tombstones. */
  private Bytes nextFacts = FactKey.firstFacts(Long.MIN_VALUE);

  private Bytes nextPurchases = FactKey.firstPurchases(Long.MIN_VALUE);

  private Bytes nextFolded = FactKey.firstFolded(Long.MIN_VALUE);

  private Bytes nextNames = FactKey.firstNames(Long.MIN_VALUE);

  FactStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  PurgeFloors floors() {
    byte[] stored = store.get(FactKey.FLOORS);
    return stored == null ? PurgeFloors.NONE : PurgeFloors.of(stored);
  }

  void save(PurgeFloors floors) {
    store.put(FactKey.FLOORS, floors.bytes());
  }

  /** The part of the store that has the numbers of names. */
  CellStore names() {
    return new CellStore() {
      @Override
      public byte @Nullable [] get(byte[] key) {
        return store.get(FactKey.names(key));
      }

      @Override
      public void put(byte[] key, byte[] value) {
        store.put(FactKey.names(key), value);
      }

      @Override
      public void putAll(List<Map.Entry<byte[], byte[]>> entries) {
        entries.forEach(each -> put(each.getKey(), each.getValue()));
      }
    };
  }

  @Nullable SessionFacts get(Session session) {
    byte[] stored = store.get(key(session));
    return stored == null ? null : SessionFactsCodec.decode(stored);
  }

  void put(Session session, @Nullable SessionFacts facts) {
    dropForgotten();
    store.put(key(session), facts == null ? null : SessionFactsCodec.encode(facts));
  }

  @Nullable PurchaseFacts get(OrderNews.Purchase purchase, String visitor) {
    byte[] stored = store.get(key(purchase, visitor));
    return stored == null ? null : PurchaseFacts.of(stored);
  }

  void put(OrderNews.Purchase purchase, String visitor, @Nullable PurchaseFacts facts) {
    dropForgotten();
    store.put(key(purchase, visitor), facts == null ? null : facts.bytes());
  }

  /** The facts of folded events, the first of which is of that time. */
  @Nullable FoldedFacts folded(long first, String visitor) {
    dropForgotten();
    byte[] stored = store.get(FactKey.ofFolded(first, SessionKey.visitorPart(visitor)));
    return stored == null ? null : FoldedFacts.of(stored);
  }

  void put(long first, String visitor, @Nullable FoldedFacts facts) {
    dropForgotten();
    Bytes key = FactKey.ofFolded(first, SessionKey.visitorPart(visitor));
    store.put(key, facts == null ? null : facts.bytes());
  }

  private static Bytes key(OrderNews.Purchase purchase, String visitor) {
    return FactKey.ofPurchase(purchase, SessionKey.visitorPart(visitor));
  }

  private static Bytes key(Session session) {
    return FactKey.of(session.getStartTime(), session.getSessionKey());
  }

  /** Deletes what is stored for the visitor until now, at the latest with the next commit. */
  void forget(String visitor) {
    String part = SessionKey.visitorPart(visitor);
    forgotten.add(part);
    lengthOfForgotten = part.length();
  }

  /** Deletes the facts of erased visitors. One pass for all: a visitor's may be anywhere. */
  void dropForgotten() {
    if (forgotten.isEmpty()) {
      return;
    }
    dropForgotten(nextFacts, FactKey.lastFacts());
    dropForgotten(nextPurchases, FactKey.lastPurchases());
    dropForgotten(nextFolded, FactKey.lastFolded());
    forgotten.clear();
  }

  private void dropForgotten(Bytes from, Bytes to) {
    var found = new ArrayList<Bytes>();
    try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
      while (range.hasNext()) {
        Bytes key = range.next().key;
        if (forgotten.contains(FactKey.sessionPart(key, lengthOfForgotten))) {
          found.add(key);
        }
      }
    }
    found.forEach(key -> store.put(key, null));
  }

  /** Deletes some of what lies before the floor. */
  void purge(PurgeFloors floors, int most) {
    if (floors.facts() == Long.MIN_VALUE) {
      return;
    }
    nextFacts = delete(nextFacts, FactKey.firstFacts(floors.facts()), most);
    nextPurchases = delete(nextPurchases, FactKey.firstPurchases(floors.facts()), most);
    nextFolded = delete(nextFolded, FactKey.firstFolded(floors.facts()), most);
    nextNames = delete(nextNames, FactKey.firstNames(floors.facts() - LONGEST_DAY), most);
  }

  /** Deletes a range that has no key at its end. Returns where it must go on. */
  private Bytes delete(Bytes from, Bytes to, int most) {
    if (from.compareTo(to) >= 0) {
      return from;
    }
    List<Bytes> keys = Keys.first(store, from, to, most);
    keys.forEach(key -> store.put(key, null));
    return keys.size() < most ? to : keys.getLast();
  }
}
