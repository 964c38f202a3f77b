package io.weir.lake.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.lake.commit.CommitPlan.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses a real table in a folder; only the catalog's answers are faked. */
class IcebergLedgerTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Table table;

  private final CommitPlan plan = new CommitPlan("mine", Map.of(0, new Span(Offsets.NONE, 5)));
  private Changes changes = Changes.NONE;

  @BeforeEach
  void createTable() throws IOException {
    table =
        new HadoopTables(new Configuration())
            .create(SCHEMA, PartitionSpec.unpartitioned(), folder.resolve("t").toString());
    changes = new Changes(List.of(file("a")), List.of());
  }

  @Test
  void commit_leavesMarkerWithOffsets() {
    CommitOutcome outcome = new CommitProtocol(new IcebergLedger(table)).commit(plan, changes);

    assertThat(outcome).isEqualTo(new CommitOutcome.Committed());
    assertThat(CommittedOffsets.newest(table))
        .isEqualTo(new Marker("mine", new Offsets(Map.of(0, 5L))));
  }

  @Test
  void commitAgain_changesNothing() {
    var committer = new CommitProtocol(new IcebergLedger(table));
    committer.commit(plan, changes);

    CommitOutcome outcome = committer.commit(plan, changes);

    assertThat(outcome).isEqualTo(new CommitOutcome.Committed());
    assertThat(table.snapshots()).hasSize(1);
  }

  @Test
  void commit_withoutFiles_movesOffsets() {
    new CommitProtocol(new IcebergLedger(table)).commit(plan, Changes.NONE);

    assertThat(new CommitProtocol(new IcebergLedger(table)).offsets())
        .isEqualTo(new Offsets(Map.of(0, 5L)));
  }

  @Test
  void commit_behindAnotherWritersPartitions_copiesTheirOffsets() {
    var committer = new CommitProtocol(new IcebergLedger(table));
    committer.commit(new CommitPlan("other", Map.of(1, new Span(Offsets.NONE, 9))), changes);

    committer.commit(plan, changes);

    assertThat(committer.offsets()).isEqualTo(new Offsets(Map.of(0, 5L, 1, 9L)));
  }

  @Test
  void commit_behindCommitOfAnotherEngine_keepsOffsets() throws IOException {
    var committer = new CommitProtocol(new IcebergLedger(table));
    committer.commit(plan, changes);
    table.newAppend().appendFile(file("foreign")).commit();

    committer.commit(new CommitPlan("next", Map.of(1, new Span(Offsets.NONE, 9))), changes);

    assertThat(committer.offsets()).isEqualTo(new Offsets(Map.of(0, 5L, 1, 9L)));
  }

  @Test
  void stalePlan_isRefusedWithReason() {
    var committer = new CommitProtocol(new IcebergLedger(table));
    committer.commit(plan, changes);

    CommitOutcome outcome =
        committer.commit(new CommitPlan("late", Map.of(0, new Span(3, 8))), changes);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            CommitOutcome.Stale.class,
            stale -> assertThat(stale.reason()).contains("partition 0 stands at 5", "from 3"));
    assertThat(table.snapshots()).hasSize(1);
  }

  @Test
  void otherWriterCommitsInBetween_isSeenAndItsOffsetsKept() {
    var other = new CommitPlan("other", Map.of(1, new Span(Offsets.NONE, 9)));
    Table bent =
        bent((base, metadata, real) -> {
          if (CommittedOffsets.newest(table).equals(Marker.NONE)) {
            new CommitProtocol(new IcebergLedger(table)).commit(other, changes);
          }
          real.commit(base, metadata);
        });

    CommitOutcome outcome = new CommitProtocol(new IcebergLedger(bent)).commit(plan, changes);

    assertThat(outcome).isEqualTo(new CommitOutcome.Committed());
    assertThat(new CommitProtocol(new IcebergLedger(table)).offsets())
        .isEqualTo(new Offsets(Map.of(0, 5L, 1, 9L)));
    assertThat(table.snapshots()).hasSize(2);
  }

  @Test
  void tookEffectButReportedAsConflict_isFoundAndItsManifestsStay() {
    Table bent =
        bent((base, metadata, real) -> {
          real.commit(base, metadata);
          throw new CommitFailedException("the connection pool asked twice");
        });

    CommitOutcome outcome = new CommitProtocol(new IcebergLedger(bent)).commit(plan, changes);

    assertThat(outcome).isEqualTo(new CommitOutcome.Committed());
    assertReadable();
  }

  @Test
  void tookEffectButConnectionBroke_isFound() {
    Table bent =
        bent((base, metadata, real) -> {
          real.commit(base, metadata);
          throw new IllegalStateException("connection reset");
        });

    CommitOutcome outcome = new CommitProtocol(new IcebergLedger(bent)).commit(plan, changes);

    assertThat(outcome).isEqualTo(new CommitOutcome.Committed());
    assertReadable();
  }

  @Test
  void connectionBrokeBefore_isUnknownThenCommitsOnce() {
    var isBroken = new boolean[] {true};
    Table bent =
        bent((base, metadata, real) -> {
          if (isBroken[0]) {
            throw new IllegalStateException("connection reset");
          }
          real.commit(base, metadata);
        });
    var committer = new CommitProtocol(new IcebergLedger(bent));

    CommitOutcome first = committer.commit(plan, changes);
    isBroken[0] = false;
    CommitOutcome second = committer.commit(plan, changes);

    assertThat(first)
        .isInstanceOfSatisfying(
            CommitOutcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("mine", "connection reset"));
    assertThat(second).isEqualTo(new CommitOutcome.Committed());
    assertReadable();
  }

  private void assertReadable() {
    table.refresh();
    assertThat(table.snapshots()).hasSize(1);
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      assertThat(tasks)
          .extracting(task -> task.file().location())
          .containsExactly(location("a").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fileThatIsNoMore_isNotCommitted_unlessItWasBefore() throws IOException {
    var committer = new CommitProtocol(new IcebergLedger(table));
    committer.commit(plan, changes);
    Files.delete(location("a"));
    var next = new CommitPlan("next", Map.of(0, new Span(5, 6)));
    var lost = new Changes(List.of(file("b")), List.of());
    Files.delete(location("b"));

    assertThat(committer.commit(plan, changes)).isEqualTo(new CommitOutcome.Committed());
    assertThat(committer.commit(next, lost))
        .isInstanceOfSatisfying(
            CommitOutcome.Stale.class,
            stale -> assertThat(stale.reason()).contains("b.parquet no longer exists"));
  }

  private Path location(String name) {
    return folder.resolve(name + ".parquet");
  }

  private DataFile file(String name) throws IOException {
    Files.writeString(location(name), "rows");
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(location(name).toString())
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }

  private interface Bend {
    void commit(TableMetadata base, TableMetadata metadata, TableOperations real);
  }

  private Table bent(Bend bend) {
    Table own = new HadoopTables(new Configuration()).load(folder.resolve("t").toString());
    return new BaseTable(new BentOperations(((BaseTable) own).operations(), bend), "bent");
  }

  private record BentOperations(TableOperations real, Bend bend) implements TableOperations {
    @Override
    public TableMetadata current() {
      return real.current();
    }

    @Override
    public TableMetadata refresh() {
      return real.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      bend.commit(base, metadata, real);
    }

    @Override
    public FileIO io() {
      return real.io();
    }

    @Override
    public String metadataFileLocation(String name) {
      return real.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
      return real.locationProvider();
    }
  }
}
