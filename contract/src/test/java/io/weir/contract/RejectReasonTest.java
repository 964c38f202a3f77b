package io.weir.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RejectReasonTest {

  @Test
  void documentedTable_isTheEnum() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("..", "docs", "reject-reasons.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(documented)
        .isEqualTo(
            Stream.of(RejectReason.values())
                .map(reason -> "| `" + reason.code() + "` | " + reason.meaning() + " |")
                .toList());
  }
}
