package io.weir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.ingest.read.LandingFolder;
import io.weir.process.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  @TempDir private Path folder = Path.of("");

  private Watch watch() {
    return new Watch(new LandingFolder(List.of(folder)), new Stop());
  }

  @Test
  void file_isHandedOnWhenItRests_andOnce() throws IOException {
    var watch = watch();
    Path file = Files.writeString(folder.resolve("a.log"), "one\n");

    assertThat(watch.look()).isEmpty();
    Files.writeString(file, "two\n", StandardOpenOption.APPEND);
    assertThat(watch.look()).isEmpty();
    assertThat(watch.look()).containsExactly(file);
    assertThat(watch.look()).isEmpty();
  }

  @Test
  void grownFile_isHandedOnAgain() throws IOException {
    var watch = watch();
    Path file = Files.writeString(folder.resolve("a.log"), "one\n");
    watch.look();
    watch.look();
    Files.writeString(file, "two\n", StandardOpenOption.APPEND);

    assertThat(watch.look()).isEmpty();
    assertThat(watch.look()).containsExactly(file);
  }

  @Test
  void linkToAFolderAboveIt_doesNotHideTheFiles() throws IOException {
    Files.createSymbolicLink(folder.resolve("again"), folder);
    Path taken = Files.writeString(folder.resolve("c.log"), "x\n");
    var watch = watch();

    watch.look();

    assertThat(watch.look()).containsExactly(taken);
  }

  @Test
  void fileThatIsRenamedMeanwhile_endsNothing() throws Exception {
    for (int i = 0; i < 500; i++) {
      Files.writeString(folder.resolve("file" + i), "x\n");
    }
    var watch = watch();
    Thread renames =
        Thread.ofPlatform()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                rename("file7", "file9.part");
                rename("file9.part", "file7");
              }
            });

    try {
      for (int i = 0; i < 100; i++) {
        watch.look();
      }
    } finally {
      renames.interrupt();
      renames.join();
    }
  }

  private void rename(String from, String to) {
    assertThat(folder.resolve(from).toFile().renameTo(folder.resolve(to).toFile())).isTrue();
  }

  @Test
  void hiddenAndUnfinishedFiles_areLeftOut() throws IOException {
    Files.createDirectories(folder.resolve("sub/.hidden"));
    Files.writeString(folder.resolve("sub/.hidden/a.log"), "x\n");
    Files.writeString(folder.resolve("a.log.tmp"), "x\n");
    Files.writeString(folder.resolve("b.part"), "x\n");
    Files.writeString(folder.resolve("_SUCCESS"), "x\n");
    Path taken = Files.writeString(folder.resolve("sub/c.log"), "x\n");
    var watch = watch();

    watch.look();

    assertThat(watch.look()).containsExactly(taken);
  }
}
