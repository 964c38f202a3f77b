package io.weir.tools.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.Settings;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateTest {
  @Test
  void schemasOfRebuilds_areNamed_alsoWithoutTheirTopics() {
    assertThat(printed(List.of()))
        .contains("and schemas gold_NAME; remove those of rebuilds\n")
        .doesNotContain("raw topics of other names: ");
    assertThat(printed(List.of("anew.raw", "rebuild.raw")))
        .contains(
            "and schemas gold_NAME; remove those of rebuilds\n",
            "raw topics of other names: anew.raw, rebuild.raw\n");
  }

  private static String printed(List<String> others) {
    var text = new StringWriter();
    new Certificate(
            ToolSettings.from(Settings.of(Map.of())),
            new Forget.Asked(Set.of(), Set.of("visitor")),
            ErasureSubject.of(Set.of("visitor"), Set.of()),
            Instant.EPOCH,
            new KafkaCopies(List.of(), others))
        .print(
            new Forget.Done(List.of(), Map.of(), List.of(), Map.of(), Map.of()),
            List.of(),
            new PrintWriter(text));
    return text.toString();
  }
}
