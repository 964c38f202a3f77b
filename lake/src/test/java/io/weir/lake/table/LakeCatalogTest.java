package io.weir.lake.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
