package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.TestJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The real program with less memory than its data need. */
@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class SmallHeapTest {
  private static final int ROWS = 500_000;

  @TempDir private Path folder;

  @Test
  void dataThatDoNotFit_areOneLineWithTheSetting() throws IOException, InterruptedException {
    Path csv = folder.resolve("wide.csv");
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(row -> row % 2 + "," + row + "," + (row + 0.5) + ",name" + row + "\n")
            .collect(Collectors.joining());
    Files.writeString(csv, "bought,a,b,c\n" + rows);
    Path out = Files.createDirectory(folder.resolve("model"));

    Process process =
        TestJvm.brief(
                Main.class.getName(),
                "32m",
                "table",
                "--csv=" + csv,
                "--label=bought",
                "--out=" + out)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isEqualTo(2);
    // A JVM names the options that it has from outside; CI sets some.
    assertThat(output.lines().filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS")))
        .singleElement()
        .asString()
        .startsWith("the data do not fit into a heap of 3")
        .contains("--from", "JDK_JAVA_OPTIONS=-Xmx");
    assertThat(out).isEmptyDirectory();
  }
}
