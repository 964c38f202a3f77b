package io.weir.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.process.StartupException;
import io.weir.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests with the archive of a few files that {@link SmallArchive} makes. */
class PostgresProgramsTest {
  @TempDir private Path cache = Path.of("");
  private final AtomicInteger unpacked = new AtomicInteger();

  private PostgresPrograms programs() {
    return new PostgresPrograms(
        cache,
        new PostgresArchive(() -> {
          unpacked.incrementAndGet();
          return SmallArchive.open();
        }));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(cache.resolve("postgres"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertComplete(UnpackedPrograms programs) {
    assertThat(programs.folder().resolve("bin/postgres")).isExecutable().hasContent("program");
    assertThat(programs.folder().resolve("lib/libicu.so")).isSymbolicLink().hasContent("library");
    assertThat(programs.folder().resolve("share/text")).hasContent("text");
  }

  @Test
  void emptyCache_getsAllFiles_andNothingElse() throws IOException {
    UnpackedPrograms programs = programs().provide();

    assertComplete(programs);
    assertThat(names()).containsExactly(programs.folder().getFileName().toString(), "lock");
  }

  @Test
  void secondTime_readsNoMoreThanTheDigest() {
    programs().provide();
    unpacked.set(0);

    assertComplete(programs().provide());

    assertThat(unpacked).hasValue(1);
  }

  @Test
  void halfUnpackedFolder_isMadeWhole() throws IOException {
    Path half = programs().provide().folder();
    Files.delete(half.resolve(".exists"));
    Files.delete(half.resolve("bin/postgres"));
    Files.createDirectories(cache.resolve("postgres/.unpacking-new/lib"));

    UnpackedPrograms programs = programs().provide();

    assertComplete(programs);
    assertThat(names()).containsExactly(programs.folder().getFileName().toString(), "lock");
  }

  @Test
  void folderThatLostOneFile_isMadeWhole() throws IOException {
    Path folder = programs().provide().folder();
    Files.delete(folder.resolve("share/text"));

    assertComplete(programs().provide());
  }

  @Test
  void shortenedFile_isReplaced() throws IOException {
    Path folder = programs().provide().folder();
    Files.writeString(folder.resolve("bin/postgres"), "");

    assertComplete(programs().provide());
  }

  @Test
  void manyAtOnce_unpackOnce() throws Exception {
    Callable<UnpackedPrograms> one = () -> programs().provide();

    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<UnpackedPrograms> each :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> one).toList())) {
        assertComplete(each.get());
      }
    }

    assertThat(unpacked).as("8 digests, 1 unpacking").hasValue(9);
  }

  @Test
  void folderThatCannotBeWritten_isOneLineWithTheSetting() throws IOException {
    Files.writeString(cache.resolve("postgres"), "a file in its place");

    assertThatThrownBy(() -> programs().provide())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(cache.resolve("postgres").toString())
        .hasMessageContaining("WEIR_CACHE_DIR")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void brokenArchive_leavesNothingHalf() throws IOException {
    var broken =
        new PostgresPrograms(
            cache, new PostgresArchive(() -> SmallArchive.cut(SmallArchive.length() - 200)));

    assertThatThrownBy(broken::provide)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_CACHE_DIR");

    assertThat(names()).containsExactly("lock");
  }

  @Test
  void fullDisk_isOneLineWithTheSetting_andLeavesNothing() throws Exception {
    try (var disk = SmallDisk.mount(cache.resolve("small"), 20)) {
      assumeTrue(disk.isMounted(), "no small disk can be mounted here: skipped");
      var programs = PostgresPrograms.in(disk.folder());

      assertThatThrownBy(programs::provide)
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("WEIR_CACHE_DIR");

      try (Stream<Path> left = Files.list(disk.folder().resolve("postgres"))) {
        assertThat(left).extracting(Path::getFileName).containsExactly(Path.of("lock"));
      }
    }
  }
}
