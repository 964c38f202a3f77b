package io.weir.scoring.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.scoring.fixture.TestModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClickModelAloneTest {
  @TempDir Path folder = Path.of("");

  @Test
  void conversionModel_isNotReady_andAnotherOneIsUnknown() throws Exception {
    Path clicks = folder.resolve("p_click");
    TestModels.saveVersion(clicks, "one", TestModels.clickStump(-1, 1));
    TestModels.promote(clicks, "one");
    try (var server = new InferenceServer(folder)) {
      assertThat(server.get("/v2/models/p_click").statusCode()).isEqualTo(200);
      assertThat(server.get("/v2/models/conversion").statusCode()).isEqualTo(503);
      assertThat(server.post("/v2/models/conversion/infer", "{}").statusCode()).isEqualTo(503);
      assertThat(server.get("/v2/models/other").statusCode()).isEqualTo(404);
    }
  }
}
