package io.weir.testkit;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * The markers at the ends of transactions. A broker writes them after it has confirmed the end, so
 * the records are not there for readers yet, and later records may lie before the marker.
 */
public final class TransactionMarkers {
  private static final long PAUSE_MILLIS = 5;

  private TransactionMarkers() {}

  /** Waits until no transaction of the partitions is open. */
  public static void await(Admin admin, Collection<TopicPartition> partitions) {
    try {
      while (!ends(admin, partitions, IsolationLevel.READ_COMMITTED)
          .equals(ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED))) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, Collection<TopicPartition> partitions, IsolationLevel level)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    return admin.listOffsets(latest, new ListOffsetsOptions(level)).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }
}
