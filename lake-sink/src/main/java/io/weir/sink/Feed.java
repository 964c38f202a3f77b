package io.weir.sink;

import io.weir.contract.Topic;
import io.weir.sink.table.TableSpec;
import io.weir.sink.write.RowWriter;
import java.util.function.Function;
import org.apache.iceberg.Table;

/** Which topic goes into which table, and how. */
record Feed(TableSpec spec, Topic topic, Function<Table, RowWriter> writer) {}
