package io.weir.sink.erase;

import io.weir.contract.Topics;
import io.weir.process.KafkaConnection;
import io.weir.sink.gold.Postgres;
import io.weir.sink.table.LakeLocation;
import java.time.Duration;

/** Where something may be known of a person; and how long topics keep what they have. */
public record Places(
    LakeLocation lake, Postgres postgres, KafkaConnection kafka, Topics topics, String prefix) {

  Duration retention() {
    return topics.raw().retention();
  }
}
