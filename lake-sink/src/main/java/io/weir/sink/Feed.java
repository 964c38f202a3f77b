package io.weir.sink;

import io.weir.contract.Topic;
import io.weir.sink.table.TableSpec;
import io.weir.sink.write.RowWriter;
import java.util.function.BiFunction;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;

/** Which topic goes into which table, and how. */
record Feed(TableSpec spec, Topic topic, BiFunction<Catalog, Table, RowWriter> writer) {}
