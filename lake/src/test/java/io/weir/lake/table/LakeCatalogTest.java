package io.weir.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.lake.gold.Postgres;
import io.weir.process.StartupException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeCatalogTest {

  @ParameterizedTest
  @CsvSource({
    "abfss://lake@account.dfs.core.windows.net/weir, fs.azure.account.auth.type, OAuth",
    "gs://lake/weir, fs.gs.auth.type, SERVICE_ACCOUNT_JSON_KEYFILE",
    "gs://lake/weir, fs.gs.impl, com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem"
  })
  void storeWithoutItsJars_isOneLineThatSaysSo(String warehouse, String name, String value) {
    var address = CatalogAddress.jdbc("jdbc:postgresql://127.0.0.1/weir", "weir", "");
    var location = new LakeLocation(address, warehouse, Map.of(name, value));

    assertThatThrownBy(() -> LakeCatalog.checkWarehouse(location))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_SINK_WAREHOUSE=" + warehouse + " cannot be written to: ")
        .hasMessageContaining("add the jars of that file system")
        .hasMessageNotContaining("\n");
  }

  @Test
  void databaseThatEndsEachConnection_isOneLineWithTheSetting() throws IOException {
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> endEach(server));
      String url = "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/weir";
      var address = CatalogAddress.jdbc(url, "weir", "");

      assertThatThrownBy(() -> LakeCatalog.connect(new LakeLocation(address, "lake", Map.of())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("the catalog at " + url + " does not answer")
          .hasMessageContaining("WEIR_POSTGRES_URL")
          .hasMessageNotContaining("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/weir?user=weir&password=S3cret",
        "jdbc:postgres://127.0.0.1:1/weir?user=weir&password=S3cret"
      })
  void passwordInTheAddress_isInNoMessage(String url) {
    var postgres = new Postgres(url, "weir", "S3cret");
    var address = CatalogAddress.jdbc(url, "weir", "S3cret");
    var location = new LakeLocation(address, "lake", Map.of());

    assertThat(stackTrace(() -> postgres.alone(_ -> {})))
        .contains(postgres.place() + " cannot be used as user weir")
        .doesNotContain("S3cret");
    assertThat(stackTrace(() -> LakeCatalog.connect(location)))
        .contains("the catalog at " + postgres.place() + " does not answer")
        .doesNotContain("S3cret");
    assertThat(postgres + " " + address).doesNotContain("S3cret");
  }

  /** The message of a failure with those of its causes. */
  private static String stackTrace(Executable failing) {
    var text = new StringWriter();
    assertThrows(StartupException.class, failing).printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void restCatalogThatIsAway_isOneLineWithoutParameters() {
    String uri = "http://127.0.0.1:1/api?token=S3cret";
    var address = new CatalogAddress(CatalogAddress.Kind.REST, uri, Map.of());

    assertThat(stackTrace(() -> LakeCatalog.connect(new LakeLocation(address, "lake", Map.of()))))
        .contains("the catalog at http://127.0.0.1:1/api does not answer")
        .doesNotContain("S3cret");
  }

  private static void endEach(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        server.accept().close();
      } catch (IOException e) {
        return; // closed
      }
    }
  }
}
