package io.weir.sink.loop;

import io.weir.contract.Topic;
import io.weir.lake.table.TableSpec;
import io.weir.sink.write.RowWriter;
import java.util.function.BiFunction;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;

/** A topic, the table that it is written to, and a factory of the writer. */
public record TableFeed(
    TableSpec spec, Topic topic, BiFunction<Catalog, Table, RowWriter> writer) {}
