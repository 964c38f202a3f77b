package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TreeOptionsTest {
  @ParameterizedTest
  @CsvSource({"P_CONVERT, 5", "P_CLICK, 2", "P_RETURN_7D, 5"})
  void depth_isTheModelsUnlessGiven(Prediction prediction, int usual) {
    assertThat(depth(prediction)).isEqualTo(usual);
    assertThat(depth(prediction, "--depth=4")).isEqualTo(4);
  }

  private static int depth(Prediction prediction, String... arguments) {
    TreeOptions options = CommandLine.populateCommand(new TreeOptions(), arguments);
    return options.plan(prediction.usualDepth()).settings().shape().depth();
  }
}
