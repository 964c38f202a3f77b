package io.weir.scoring;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.util.Map;

/** Starts the HTTP side. */
final class HttpServerFactory {
  /** What Micronaut calls any free port. */
  private static final int ANY_PORT = -1;

  private HttpServerFactory() {}

  /**
   * @param beans what the controllers serve from
   */
  static EmbeddedServer start(ScoringConfig config, Object... beans) {
    ApplicationContext context = context(config, beans);
    try {
      return context.getBean(EmbeddedServer.class).start();
    } catch (ServerStartupException e) {
      context.close();
      throw new StartupException(
          "cannot listen on %s:%d (%s); change %s or %s"
              .formatted(
                  config.host(),
                  config.port(),
                  e.getMessage(),
                  Settings.variable("scoring.port"),
                  Settings.variable("scoring.host")),
          e);
    }
  }

  private static ApplicationContext context(ScoringConfig config, Object... beans) {
    return ApplicationContext.builder()
        .banner(false)
        .deduceEnvironment(false)
        .environmentPropertySource(false)
        .singletons(beans)
        .properties(
            Map.of(
                "micronaut.application.name",
                "weir-scoring",
                "micronaut.server.host",
                config.host(),
                "micronaut.server.port",
                config.port() == 0 ? ANY_PORT : config.port()))
        .start();
  }
}
