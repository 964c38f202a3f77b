package io.weir.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.access.HostNames;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.stream.ingest.EventRules;
import io.weir.stream.ingest.InternalTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamConfigTest {
  private static StreamConfig from(Map<String, String> environment) {
    return StreamConfig.from(Settings.of(environment));
  }

  @Test
  void eventTypes_areAnyByDefault() {
    assertThat(from(Map.of()).eventRules()).isEqualTo(EventRules.any());
  }

  @Test
  void eventTypes_areRead() {
    assertThat(from(Map.of("WEIR_STREAM_EVENT_TYPES", "page_view, search,")).eventRules().types())
        .containsExactlyInAnyOrder("page_view", "search");
  }

  @Test
  void eventTypeThatNoEventCanHave_namesTheSetting() {
    assertThatThrownBy(() -> from(Map.of("WEIR_STREAM_EVENT_TYPES", "page_view,Search")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_EVENT_TYPES: Search is not of the form");
  }

  @Test
  void networkThatIsNone_namesTheSetting() {
    assertThatThrownBy(() -> from(Map.of("WEIR_STREAM_INTERNAL_NETWORKS", "192.0.2.0/24,office")))
        .isInstanceOf(StartupException.class)
        .hasMessage("WEIR_STREAM_INTERNAL_NETWORKS: office is not a network such as 192.0.2.0/24");
  }

  @Test
  void copiedTimes_needTheApplicationIdOfTheirTopics() {
    String id = "WEIR_STREAM_APPLICATION_ID";
    String copied = "WEIR_STREAM_COPIED_TIMES";
    String prefix = "WEIR_TOPIC_PREFIX";

    assertThat(from(Map.of(copied, "true", prefix, "rebuild")).applicationId())
        .isEqualTo("rebuild-stream");
    assertThat(from(Map.of(id, "live")).applicationId()).isEqualTo("live");
    assertThatThrownBy(() -> from(Map.of(copied, "true", prefix, "rebuild", id, "live")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(
            "WEIR_STREAM_COPIED_TIMES=true needs WEIR_STREAM_APPLICATION_ID=rebuild-stream, is live");
  }

  @Test
  void passwordOfPostgres_mayBeInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "hush\n");
    StreamConfig config =
        from(
            Map.of(
                "WEIR_POSTGRES_URL",
                "jdbc:postgresql://db/weir",
                "WEIR_POSTGRES_PASSWORD_FILE",
                file.toString()));

    assertThat(config.sql().address().orElseThrow().password()).isEqualTo("hush");
  }

  @Test
  void firstRevision_isAWholeMillion() {
    String first = "WEIR_STREAM_FIRST_REVISION";

    assertThat(from(Map.of()).sessionRules().firstRevision()).isZero();
    assertThat(from(Map.of(first, "2000000")).sessionRules().firstRevision()).isEqualTo(2_000_000);
    assertThatThrownBy(() -> from(Map.of(first, "1000001")))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            first + " must be 0 or a multiple of 1000000, as gold feed prints it; is 1000001");
  }

  /** As in the image, whose service would not start so. */
  @Test
  void command_doesNotListen_andNeedsNoKeys() {
    Map<String, String> image = Map.of("WEIR_STREAM_HOST", "0.0.0.0");

    assertThat(StreamConfig.forCommand(Settings.of(image)).http().listen().host())
        .isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> from(image))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_HOST=0.0.0.0 lets other machines in");
  }

  @Test
  void openInstance_answersToTheNameThatItAdvertises() {
    StreamConfig config =
        from(Map.of("WEIR_HTTP_OPEN", "true", "WEIR_STREAM_ADVERTISED_HOST", "one.example.com"));

    HostNames hosts = config.http().listen().access().hosts();
    assertThat(hosts.isKnown("one.example.com:8180")).isTrue();
    assertThat(hosts.isKnown("two.example.com:8180")).isFalse();
  }

  @Test
  void internalTraffic_isRead() {
    InternalTraffic internal =
        from(Map.of(
                "WEIR_STREAM_INTERNAL_NETWORKS", "192.0.2.0/24, 2001:db8::/32,",
                "WEIR_STREAM_INTERNAL_FLAGS", "internal,debug=1"))
            .eventRules()
            .internal();

    assertThat(internal.networks()).hasSize(2);
    assertThat(internal.flags()).containsExactly("internal", "debug=1");
  }
}
