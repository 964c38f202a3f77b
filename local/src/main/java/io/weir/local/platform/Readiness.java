package io.weir.local.platform;

import io.weir.local.process.HttpAnswer;
import io.weir.local.process.Port;
import io.weir.process.KafkaConnection;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Asks services whether they could serve the next request. */
public final class Readiness {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private final Catalogue catalogue;

  public Readiness(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The reason why the service is not ready; empty if it is. */
  public Optional<String> problem(Service service) throws InterruptedException {
    int port = catalogue.ports().of(service);
    if (port != 0 && !Port.answers(port)) {
      return Optional.of("nothing listens on port " + port + " yet");
    }
    return switch (service) {
      case BROKER -> brokerProblem();
      case POSTGRES -> postgresProblem();
      case STREAM, SINK, SCORING -> httpProblem(service);
      case SIMULATOR -> Optional.empty();
    };
  }

  private Optional<String> brokerProblem() {
    try {
      KafkaConnection.from(Settings.of(catalogue.clientSettings())).check(5);
      return Optional.empty();
    } catch (StartupException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private Optional<String> postgresProblem() {
    String url = catalogue.postgresUrl() + "?user=weir&loginTimeout=3&socketTimeout=5";
    try (Connection connection = DriverManager.getConnection(url)) {
      return connection.isValid(3) ? Optional.empty() : Optional.of("it does not answer");
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> httpProblem(Service service) throws InterruptedException {
    URI address = URI.create(catalogue.address(service) + "/ready");
    try {
      HttpAnswer answer = HttpAnswer.of(address, PATIENCE);
      return answer.status() == 200
          ? Optional.empty()
          : Optional.of(address + " answers " + answer.status() + " " + answer.body());
    } catch (IOException e) {
      return Optional.of(address + ": " + e);
    }
  }
}
