package io.weir.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.sink.maintenance.MaintenanceRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkConfigTest {

  @Test
  void nothingSet_hasDefaults() {
    SinkConfig config = SinkConfig.from(Settings.of(Map.of()));

    assertThat(config.listen().host()).isEqualTo("127.0.0.1");
    assertThat(config.listen().port()).isEqualTo(8181);
    assertThat(config.lake().warehouse())
        .isEqualTo(Path.of(".weir/warehouse").toAbsolutePath().toString());
    assertThat(config.roll().bytes()).isEqualTo(128L << 20);
    assertThat(config.roll().interval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.bufferSize()).isEqualTo(128L << 20);
    assertThat(config.acceptsLostOffsets()).isFalse();
    assertThat(config.maintenanceInterval()).isEqualTo(Duration.ofHours(1));
    assertThat(config.maintenance())
        .isEqualTo(
            new MaintenanceRules(
                128L << 20,
                Duration.ofHours(12),
                Duration.ofHours(24),
                MaintenanceRules.Kept.retractions(Duration.ofDays(30))));
  }

  @Test
  void tablesNamed_areTheOnlyOnes() {
    var settings = Settings.of(Map.of("WEIR_SINK_TABLES", "bronze.raw_events, gold.identities"));

    TableChoice tables = SinkConfig.from(settings).tables();

    assertThat(tables.has("bronze.raw_events")).isTrue();
    assertThat(tables.has("gold.identities")).isTrue();
    assertThat(tables.has("silver.events")).isFalse();
    assertThat(SinkConfig.from(Settings.of(Map.of())).tables().has("silver.events")).isTrue();
  }

  @Test
  void topicOfCells_followsFromTheApplicationId() {
    assertThat(cells(Map.of())).isEqualTo("clickstream-stream-gold-changelog");
    assertThat(cells(Map.of("WEIR_TOPIC_PREFIX", "shop"))).isEqualTo("shop-stream-gold-changelog");
    assertThat(cells(Map.of("WEIR_STREAM_APPLICATION_ID", "two"))).isEqualTo("two-gold-changelog");
  }

  private static String cells(Map<String, String> settings) {
    return SinkConfig.from(Settings.of(settings)).cells().name();
  }

  @Test
  void unknownTable_isRefused() {
    assertRefused(
        "WEIR_SINK_TABLES",
        "silver.clicks",
        "WEIR_SINK_TABLES names silver.clicks, which is none of bronze.raw_events, ");
  }

  @Test
  void maintenanceSet_isTaken() {
    SinkConfig config =
        SinkConfig.from(
            Settings.of(
                Map.of(
                    "WEIR_SINK_MAINTENANCE_INTERVAL", "0s",
                    "WEIR_SINK_FILE_SIZE", "64mb",
                    "WEIR_SINK_SNAPSHOT_AGE", "2d",
                    "WEIR_SINK_ORPHAN_AGE", "48h",
                    "WEIR_SINK_RETRACTIONS_KEEP", "90d")));

    assertThat(config.maintenanceInterval()).isZero();
    assertThat(config.maintenance())
        .isEqualTo(
            new MaintenanceRules(
                64L << 20,
                Duration.ofDays(2),
                Duration.ofDays(2),
                MaintenanceRules.Kept.retractions(Duration.ofDays(90))));
  }

  @Test
  void orphanAgeTooShort_isRefused() {
    assertRefused("WEIR_SINK_ORPHAN_AGE", "10m", "WEIR_SINK_ORPHAN_AGE=PT10M is less than 1h");
  }

  @Test
  void keepTooShort_isRefused() {
    assertRefused(
        "WEIR_SINK_BRONZE_KEEP",
        "47h",
        "WEIR_SINK_BRONZE_KEEP must be 2d or more, or 0s for good, is PT47H");
    assertRefused(
        "WEIR_SINK_SILVER_KEEP",
        "34d",
        "WEIR_SINK_SILVER_KEEP must be 35d or more, or 0s for good, is PT816H");
    for (String name : List.of("WEIR_SINK_GOLD_RESTATEMENTS_KEEP", "WEIR_SINK_GOLD_ALERTS_KEEP")) {
      assertRefused(name, "34d", name + " must be 35d or more, or 0s for good, is PT816H");
    }
  }

  @Test
  void fileSizeTooSmall_isRefused() {
    assertRefused("WEIR_SINK_FILE_SIZE", "1k", "WEIR_SINK_FILE_SIZE=1024");
  }

  @Test
  void everythingSet_isTaken() {
    SinkConfig config =
        SinkConfig.from(
            Settings.of(
                Map.of(
                    "WEIR_SINK_HOST", "0.0.0.0",
                    "WEIR_HTTP_OPEN", "true",
                    "WEIR_SINK_PORT", "0",
                    "WEIR_SINK_WAREHOUSE", "s3a://lake/weir",
                    "WEIR_SINK_HADOOP_FS_S3A_ENDPOINT", "http://127.0.0.1:1",
                    "WEIR_SINK_ROLL_SIZE", "1mb",
                    "WEIR_SINK_ROLL_INTERVAL", "5s",
                    "WEIR_SINK_BUFFER_SIZE", "8mb",
                    "WEIR_SINK_ACCEPT_LOST_OFFSETS", "true",
                    "WEIR_TOPIC_PREFIX", "shop")));

    assertThat(config.listen().host()).isEqualTo("0.0.0.0");
    assertThat(config.listen().port()).isZero();
    assertThat(config.lake().warehouse()).isEqualTo("s3a://lake/weir");
    assertThat(config.lake().hadoop()).isEqualTo(Map.of("fs.s3a.endpoint", "http://127.0.0.1:1"));
    assertThat(config.roll().bytes()).isEqualTo(1 << 20);
    assertThat(config.roll().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.bufferSize()).isEqualTo(8 << 20);
    assertThat(config.acceptsLostOffsets()).isTrue();
    assertThat(config.prefix()).isEqualTo("shop");
  }

  /** As in the image, whose service would not start so. */
  @Test
  void command_doesNotListen_andNeedsNoKeys() {
    var image =
        Settings.of(
            Map.of(
                "WEIR_SINK_HOST", "0.0.0.0",
                "WEIR_SINK_PORT", "8181",
                "WEIR_SINK_MANAGEMENT_PORT", "8181",
                "WEIR_HTTP_KEYS_FILE", "/no/such/file"));

    assertThat(SinkConfig.forCommand(image).listen().host()).isEqualTo("127.0.0.1");
    assertThatThrownBy(
            () -> SinkConfig.forCommand(Settings.of(Map.of("WEIR_SINK_ROLLSIZE", "1mb"))))
        .hasMessageContaining("WEIR_SINK_ROLLSIZE is not a setting");
    assertRefused("WEIR_SINK_HOST", "0.0.0.0", "WEIR_SINK_HOST=0.0.0.0 lets other machines in");
  }

  @Test
  void restCatalog_takesWhatElseItIsTold() {
    SinkConfig config =
        SinkConfig.from(
            Settings.of(
                Map.of(
                    "WEIR_SINK_CATALOG", "rest",
                    "WEIR_SINK_CATALOG_URI", "https://catalog/api",
                    "WEIR_SINK_WAREHOUSE", "shop",
                    "WEIR_SINK_CATALOG_CREDENTIAL", "id:hush",
                    "WEIR_SINK_CATALOG_OAUTH2__SERVER__URI", "https://login")));

    assertThat(config.lake().warehouse()).isEqualTo("shop");
    assertThat(config.lake().catalog().uri()).isEqualTo("https://catalog/api");
    assertThat(config.lake().catalog().properties())
        .isEqualTo(Map.of("credential", "id:hush", "oauth2-server-uri", "https://login"));
    assertThat(config.toString()).doesNotContain("hush");
  }

  @Test
  void restCatalogWithoutAddress_isRefused() {
    assertRefused("WEIR_SINK_CATALOG", "rest", "WEIR_SINK_CATALOG_URI is not set");
  }

  @Test
  void unknownCatalog_isRefused() {
    assertRefused("WEIR_SINK_CATALOG", "hive", "WEIR_SINK_CATALOG=hive is neither jdbc nor rest");
  }

  @Test
  void misspelt_isRefused() {
    assertRefused("WEIR_SINK_ROLLSIZE", "1mb", "WEIR_SINK_ROLLSIZE is not a setting");
  }

  @Test
  void intervalOfNothing_isRefused() {
    assertRefused("WEIR_SINK_ROLL_INTERVAL", "0s", "WEIR_SINK_ROLL_INTERVAL");
  }

  @Test
  void bufferTooSmall_isRefused() {
    assertRefused("WEIR_SINK_BUFFER_SIZE", "1k", "WEIR_SINK_BUFFER_SIZE=1024");
  }

  @Test
  void secrets_areNotPrinted() {
    SinkConfig config =
        SinkConfig.from(
            Settings.of(
                Map.of(
                    "WEIR_POSTGRES_URL",
                    "jdbc:postgresql://db/weir?password=hush",
                    "WEIR_POSTGRES_PASSWORD",
                    "hush",
                    "WEIR_SINK_HADOOP_FS_S3A_SECRET_KEY",
                    "hush")));

    assertThat(config.toString() + config.lake()).doesNotContain("hush");
  }

  @Test
  void passwordOfPostgres_mayBeInAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "hush\n");

    SinkConfig config =
        SinkConfig.from(Settings.of(Map.of("WEIR_POSTGRES_PASSWORD_FILE", file.toString())));

    assertThat(config.postgres().password()).isEqualTo("hush");
  }

  @Test
  void loginInAnAddress_isRefused_andNotPrinted() {
    for (Map<String, String> settings :
        List.of(
            Map.of("WEIR_POSTGRES_URL", "postgresql://weir:hush@db/weir"),
            Map.of(
                "WEIR_SINK_CATALOG", "rest", "WEIR_SINK_CATALOG_URI", "https://a:hush@catalog"))) {
      assertThatThrownBy(() -> SinkConfig.from(Settings.of(settings)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("has a login before its host")
          .hasMessageNotContaining("hush");
    }
  }

  private static void assertRefused(String name, String value, String message) {
    assertThatThrownBy(() -> SinkConfig.from(Settings.of(Map.of(name, value))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(message);
  }
}
