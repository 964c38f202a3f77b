package io.weir.sink.loop;

import io.weir.lake.commit.Changes;
import io.weir.sink.loop.SimFiles.SimRow;
import io.weir.sink.write.RowWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Writes each batch into one file in memory. */
final class SimWriter implements RowWriter {
  private final Simulation world;
  private final SimTwin twin;
  private final List<SimRow> rows = new ArrayList<>();
  private @Nullable DataFile file;

  SimWriter(Simulation world, SimTwin twin) {
    this.world = world;
    this.twin = twin;
  }

  @Override
  public void write(ConsumerRecord<byte[], byte[]> record) {
    rows.add(new SimRow(record.partition(), record.offset()));
  }

  @Override
  public long bytes() {
    return rows.size();
  }

  @Override
  public Changes close() {
    world.io(twin, "close files");
    if (file == null) {
      file =
          DataFiles.builder(PartitionSpec.unpartitioned())
              .withPath(world.files().write(rows))
              .withFileSizeInBytes(1)
              .withRecordCount(rows.size())
              .build();
    }
    return new Changes(List.of(file), List.of());
  }

  @Override
  public void committed() {
    abandon();
  }

  @Override
  public void discard() {
    if (file != null) {
      world.files().delete(file.location());
    }
    abandon();
  }

  @Override
  public void abandon() {
    rows.clear();
    file = null;
  }

  @Override
  public void reassigned() {
    // The writer has no cache of the table.
  }
}
