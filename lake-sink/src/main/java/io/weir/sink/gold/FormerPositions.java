package io.weir.sink.gold;

import java.util.Map;

/**
 * The positions of gold's readers in Kafka, for relations of a version that had no {@code
 * gold.positions}.
 */
public interface FormerPositions {

  /** The next offset of each partition, as the readers of the relation committed it. */
  Map<Integer, Long> of(String view);
}
