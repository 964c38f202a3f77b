package io.weir.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessSpecTest {

  @Test
  void shellLine_keepsEachWord(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("it's a log");
    var spec =
        new ProcessSpec(
            List.of("sh", "-c", "printf '%s|' \"$A\" \"$@\"", "sh"),
            "name",
            folder,
            List.of("-Da=b c"),
            "class path",
            "Main$1",
            List.of("one 'two'"),
            Map.of("A", "x'y $HOME"));

    String line = spec.shellLine(folder, output);
    int code = new ProcessBuilder("sh", "-c", "exec " + line).start().waitFor();

    assertThat(code).isZero();
    assertThat(Files.readString(output))
        .startsWith("x'y $HOME|")
        .endsWith("|-Da=b c|-cp|class path|Main$1|one 'two'|");
  }

  @Test
  void withHeap_onlyMakesItLarger(@TempDir Path folder) {
    var spec =
        new ProcessSpec(
            List.of(), "name", folder, List.of("-Xmx768m", "-Da=b"), "p", "M", List.of(), Map.of());

    assertThat(spec.withHeap(2_000).javaFlags()).containsExactly("-Xmx2000m", "-Da=b");
    assertThat(spec.withHeap(100).javaFlags()).containsExactly("-Xmx768m", "-Da=b");
  }
}
