package io.weir.tools.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.process.Settings;
import io.weir.process.command.CommandErrors;
import io.weir.tools.settings.ToolSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AclsCommandTest {
  private final StringWriter err = new StringWriter();

  private String printed(Map<String, String> environment, String... arguments) {
    var out = new StringWriter();
    var line =
        new CommandLine(new AclsCommand(() -> ToolSettings.from(Settings.of(environment))))
            .setExecutionExceptionHandler(new CommandErrors("", ""));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    return out.toString();
  }

  @Test
  void names_areThoseOfTheSettings() {
    assertThat(
            printed(Map.of("WEIR_TOPIC_PREFIX", "shop", "WEIR_STREAM_APPLICATION_ID", "sessions")))
        .contains("--topic 'shop.raw'", "--group 'sessions'", "--topic 'sessions-gold-changelog'")
        .doesNotContain("clickstream");
  }

  @Test
  void prefix_winsOverTheSettings() {
    assertThat(printed(Map.of("WEIR_TOPIC_PREFIX", "shop"), "--prefix", "other"))
        .contains("--topic 'other.raw'", "--group 'other-stream'")
        .doesNotContain("shop");
  }

  @Test
  void oneService_withAUserOfItsOwn() {
    assertThat(
            printed(
                Map.of(),
                "--service=ml-scoring",
                "--user=prod-{}",
                "--format=strimzi",
                "--cluster=shop",
                "--without-create"))
        .contains("name: prod-ml-scoring", "strimzi.io/cluster: shop")
        .doesNotContain("stream-app", "Create");
  }

  @Test
  void topicOfYourOwn_isReadByTheCollector() {
    String[] arguments = {"--prefix=shop", "--service=collector", "--source-topic=clicks"};

    assertThat(printed(Map.of(), arguments))
        .contains("--operation Read --topic 'clicks'", "--operation Write --topic 'shop.raw'")
        .contains("--operation Read --group 'shop-ingest-clicks'");
    assertThat(printed(Map.of(), "--source-topic=clicks", "--group=mine"))
        .contains("--operation Read --group 'mine'")
        .doesNotContain("-ingest-");
    assertThat(printed(Map.of(), "--group", "mine")).isEmpty();
    assertThat(err.toString()).contains("--source-topic");
  }

  @Test
  void unknownService_isRefusedWithTheKnownOnes() {
    assertThat(printed(Map.of(), "--service", "ml-scorer")).isEmpty();
    assertThat(err.toString()).contains("ml-scorer", "ml-scoring");
  }
}
