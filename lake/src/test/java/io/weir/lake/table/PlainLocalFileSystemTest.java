package io.weir.lake.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainLocalFileSystemTest {
  @TempDir private Path folder;

  @Test
  void newFile_startsNoProcess() throws IOException {
    Path file = folder.resolve("deep").resolve("down");
    Path recorded = folder.resolve("events.jfr");
    // Without this the test would get the cached file system of another test.
    Map<String, String> uncached = Map.of("fs.file.impl.disable.cache", "true");
    try (var io = new HadoopFileIO(FileSystems.configuration(uncached));
        var recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      try (OutputStream out = io.newOutputFile(file.toString()).create()) {
        out.write("text".getBytes(UTF_8));
      }
      recording.stop();
      recording.dump(recorded);
    }

    assertThat(RecordingFile.readAllEvents(recorded)).extracting(RecordedEvent::toString).isEmpty();
    assertThat(file).hasContent("text");
    assertThat(folder.resolve("deep").toFile().list()).containsExactly("down");
  }
}
