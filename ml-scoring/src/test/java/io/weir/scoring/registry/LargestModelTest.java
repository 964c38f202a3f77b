package io.weir.scoring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.mlflow.RegisteredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Texts elsewhere that depend on the size of the largest model. */
class LargestModelTest {
  private static final Path TEMPLATE = Path.of("../helm/weir/templates/ml-scoring.yaml");

  /** The size of the folder where a pod without a claim keeps what it has downloaded. */
  private static final Pattern SIZE = Pattern.compile("\\$work := ternary \"([0-9]+)Mi\"");

  @Test
  void folderOfAPod_hasRoomForTwoVersionsAndADownload() throws IOException {
    long version = ModelFiles.NAMES.size() * RegisteredModel.LARGEST_FILE;

    assertThat(SIZE.matcher(Files.readString(TEMPLATE)).results())
        .singleElement()
        .satisfies(
            size -> assertThat(Long.parseLong(size.group(1)) << 20).isGreaterThan(3 * version));
  }

  @Test
  void page_hasTheLimitOfAFile() throws IOException {
    assertThat(Path.of("README.md"))
        .content()
        .contains("no file is larger than " + (RegisteredModel.LARGEST_FILE >> 20) + " MiB");
  }
}
