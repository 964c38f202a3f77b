package io.weir.sink.gold;

import java.util.Map;

/** The positions of gold's readers from the time when only Kafka kept them. */
public interface FormerPositions {

  /** The next offset of each partition that the readers of that relation have committed. */
  Map<Integer, Long> of(String view);
}
