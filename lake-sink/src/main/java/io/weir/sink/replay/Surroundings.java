package io.weir.sink.replay;

import io.weir.contract.KafkaConnection;
import io.weir.contract.Topic;
import io.weir.sink.table.LakeLocation;

/** Where refused records are read, and where they are sent. */
public record Surroundings(LakeLocation lake, KafkaConnection kafka, Topic raw) {}
