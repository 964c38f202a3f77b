package io.weir.sink.audit;

import io.weir.contract.Topic;
import io.weir.process.KafkaConnection;
import io.weir.sink.table.LakeLocation;

/** What is compared: the lake, and the raw topic it was filled from. */
public record Sources(LakeLocation lake, KafkaConnection kafka, Topic raw) {}
