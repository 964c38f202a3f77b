package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealServersIT {

  @Test
  void broker_answers(@TempDir Path folder) throws ExecutionException, InterruptedException {
    try (RealBroker broker = RealBroker.start(folder.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {

      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void postgres_answers(@TempDir Path folder) throws SQLException {
    try (RealPostgres postgres = RealPostgres.start(folder.resolve("pg"));
        var connection = DriverManager.getConnection(postgres.url(), "postgres", "postgres");
        var result = connection.createStatement().executeQuery("select 6 * 7")) {

      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(42);
    }
  }
}
