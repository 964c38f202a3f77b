package io.weir.peers.flink;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Lets valid clicks through and counts the records; notes when the first one came. */
final class ValidClicks extends RichFlatMapFunction<RawRecord, ParsedClick> {
  static final String FIRST_MILLIS = "first-millis";
  static final String READ = "read";
  static final String INVALID = "invalid";
  private static final long serialVersionUID = 1L;

  private transient LongMinimum first;
  private transient LongCounter read;
  private transient LongCounter invalid;

  @Override
  public void open(OpenContext context) {
    first = new LongMinimum();
    read = new LongCounter();
    invalid = new LongCounter();
    getRuntimeContext().addAccumulator(FIRST_MILLIS, first);
    getRuntimeContext().addAccumulator(READ, read);
    getRuntimeContext().addAccumulator(INVALID, invalid);
  }

  @Override
  public void flatMap(RawRecord record, Collector<ParsedClick> out) {
    if (read.getLocalValuePrimitive() == 0) {
      first.add(System.currentTimeMillis());
    }
    read.add(1);
    if (record.click == null) {
      invalid.add(1);
    } else {
      out.collect(record.click);
    }
  }
}
