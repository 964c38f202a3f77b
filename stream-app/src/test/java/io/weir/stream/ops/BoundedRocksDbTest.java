package io.weir.stream.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class BoundedRocksDbTest {
  private static final String ERASED = "visitor-to-be-forgotten";
  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
  private static final long BETWEEN_LOOKS = Duration.ofMillis(100).toNanos();

  @TempDir private Path folder;

  /** The options as Kafka Streams makes them. */
  private static Options options() {
    var options =
        new Options()
            .setCreateIfMissing(true)
            .setTableFormatConfig(new BlockBasedTableConfig())
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setCompactionStyle(CompactionStyle.UNIVERSAL);
    new BoundedRocksDb().setConfig("visitors", options, Map.of(BoundedRocksDb.MEMORY, 64L << 20));
    return options;
  }

  @Test
  void filesAreMerged_withinADay() {
    try (Options options = options()) {
      assertThat(options.periodicCompactionSeconds()).isEqualTo(86_400);
    }
  }

  @Test
  void deletedValue_leavesTheFilesWhenTheyAreMerged() throws RocksDBException {
    try (Options options = options().setPeriodicCompactionSeconds(2);
        var flush = new FlushOptions().setWaitForFlush(true);
        RocksDB db = RocksDB.open(options, folder.toString())) {
      db.put(ERASED.getBytes(UTF_8), "its state".getBytes(UTF_8));
      db.flush(flush);
      assertThat(isInAFile()).isTrue();
      db.delete(ERASED.getBytes(UTF_8));
      db.flush(flush);
      assertThat(isInAFile()).isTrue();

      long end = System.nanoTime() + PATIENCE;
      for (int i = 0; isInAFile() && System.nanoTime() < end; i++) {
        LockSupport.parkNanos(BETWEEN_LOOKS);
        db.put(("other" + i).getBytes(UTF_8), "lives".getBytes(UTF_8));
        if (i % 25 == 24) {
          db.flush(flush);
        }
      }
      assertThat(isInAFile()).isFalse();
    }
  }

  private boolean isInAFile() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".sst")).anyMatch(this::holdsIt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean holdsIt(Path file) {
    try {
      return Files.exists(file)
          && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(ERASED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
