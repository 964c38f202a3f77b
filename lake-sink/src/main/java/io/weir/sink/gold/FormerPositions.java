package io.weir.sink.gold;

import java.util.Map;

/** Where readers of gold stood when nobody but Kafka remembered it. */
public interface FormerPositions {

  /** The next offset of each partition that the readers of that relation have committed. */
  Map<Integer, Long> of(String view);
}
