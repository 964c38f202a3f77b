package io.weir.sink.replay;

import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.process.KafkaConnection;
import io.weir.sink.table.LakeLocation;

/** Where records are read, and which topics Weir itself works with. */
public record Surroundings(LakeLocation lake, KafkaConnection kafka, Topics topics) {
  Topic raw() {
    return topics.raw();
  }
}
