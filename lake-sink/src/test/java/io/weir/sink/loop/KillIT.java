package io.weir.sink.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.Topic;
import io.weir.lake.commit.CommittedOffsets;
import io.weir.lake.table.LakeTables;
import io.weir.sink.Lake;
import io.weir.sink.Servers;
import io.weir.sink.TestSink;
import io.weir.sink.loop.Doom.Point;
import io.weir.testkit.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Kills real processes by SIGKILL. Two at a time write the same table, each in its own consumer
 * group. So no process waits for a dead one, and every partition always has two writers.
 */
@ExtendWith(Servers.class)
class KillIT {
  private static final int KILLS_PER_SEAT = 10;
  private static final long BETWEEN_RECORDS = 40_000_000;
  private static final List<Point> POINTS = List.of(Point.values());

  @Test
  void twentyKillsWhileRecordsFlow_eachRecordOnce(Lake lake) {
    TestSink factory = lake.factory(Clock.systemUTC());
    Topic topic = lake.topics().raw();
    int produced = 0;
    int kills;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<CompletableFuture<Integer>> seats =
          List.of(
              CompletableFuture.supplyAsync(() -> seat(lake, "seat-0-", 0), threads),
              CompletableFuture.supplyAsync(() -> seat(lake, "seat-1-", 2), threads));
      while (!seats.stream().allMatch(CompletableFuture::isDone)) {
        for (int i = 0; i < 8; i++) {
          lake.produce(topic, i % 4, ("r" + produced++).getBytes(UTF_8));
        }
        LockSupport.parkNanos(BETWEEN_RECORDS); // the CPU is for the processes
      }
      kills = seats.stream().mapToInt(CompletableFuture::join).sum();
    }

    Table table = lake.table(LakeTables.RAW_EVENTS);
    long all = produced;
    var loop =
        new SinkLoop(
            factory.parts(factory.feeds().raw(), lake.catalog()), factory.consumer("the last"));
    loop.start();
    Until.holds(() -> committed(table) == all, loop);
    loop.close();

    assertThat(kills).isEqualTo(2 * KILLS_PER_SEAT);
    Set<String> values = values(lake);
    assertThat(lake.rows(LakeTables.RAW_EVENTS)).hasSize(produced);
    assertThat(values).hasSize(produced);
    assertThat(addedFiles(table)).doesNotHaveDuplicates().hasSizeGreaterThan(kills / 2);
  }

  /** Runs processes one after the other, and kills each where it stopped. */
  private static int seat(Lake lake, String name, int shift) {
    int kills = 0;
    for (int i = 0; i < KILLS_PER_SEAT; i++) {
      Point point = POINTS.get((i + shift) % POINTS.size());
      Process process = start(lake, name + i, point, i / 8);
      try {
        awaitDoom(process, point);
      } finally {
        process.destroyForcibly();
      }
      process.onExit().join();
      kills++;
    }
    return kills;
  }

  private static Process start(Lake lake, String group, Point point, int passes) {
    ProcessBuilder builder =
        TestJvm.brief(
            DoomedSink.class.getName(), "256m", point.name(), Integer.toString(passes), group);
    builder.environment().putAll(lake.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitDoom(Process process, Point point) {
    var said = new ArrayList<String>();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.equals(Doom.SIGN + point)) {
        said.add(line);
        line = lines.readLine();
      }
      assertThat(line).as("it ended too early: %s", said).isNotNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long committed(Table table) {
    table.refresh();
    return CommittedOffsets.newest(table).offsets().next().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Set<String> values(Lake lake) {
    var values = new HashSet<String>();
    for (Record row : lake.rows(LakeTables.RAW_EVENTS)) {
      values.add(UTF_8.decode((ByteBuffer) row.getField("value")).toString());
    }
    return values;
  }

  private static List<String> addedFiles(Table table) {
    var added = new ArrayList<String>();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
        if (manifest.snapshotId() == snapshot.snapshotId()) {
          addFiles(table, manifest, added);
        }
      }
    }
    return added;
  }

  private static void addFiles(Table table, ManifestFile manifest, List<String> added) {
    try (CloseableIterable<DataFile> files =
        ManifestFiles.read(manifest, table.io(), table.specs())) {
      files.forEach(file -> added.add(file.location()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
