package io.weir.peers.flink;

import java.time.Duration;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Drops a click whose id was seen within the last 20 minutes. */
final class FirstOccurrence extends KeyedProcessFunction<String, ParsedClick, ParsedClick> {
  static final String DUPLICATES = "duplicates";
  static final String DISTINCT = "distinct";
  private static final long serialVersionUID = 1L;
  private static final Duration MEMORY = Duration.ofMinutes(20);
  private static final int ENTRIES_BETWEEN_CLOCK_READS = 10_000;

  private transient ValueState<Boolean> seen;
  private transient LongCounter duplicates;
  private transient LongCounter distinct;

  @Override
  public void open(OpenContext context) {
    var descriptor = new ValueStateDescriptor<>("seen", Types.BOOLEAN);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(MEMORY)
            .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
            .cleanupInRocksdbCompactFilter(ENTRIES_BETWEEN_CLOCK_READS)
            .build());
    seen = getRuntimeContext().getState(descriptor);
    duplicates = new LongCounter();
    distinct = new LongCounter();
    getRuntimeContext().addAccumulator(DUPLICATES, duplicates);
    getRuntimeContext().addAccumulator(DISTINCT, distinct);
  }

  @Override
  public void processElement(ParsedClick click, Context context, Collector<ParsedClick> out) throws Exception {
    if (seen.value() != null) {
      duplicates.add(1);
      return;
    }
    seen.update(true);
    distinct.add(1);
    out.collect(click);
  }
}
