package io.weir.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.net.URL;
import java.util.Map;

/** The HTTP server of a service. Its controllers are found on the class path. */
public final class WebServer implements AutoCloseable {
  /** Micronaut's word for any free port. */
  private static final int ANY_PORT = -1;

  /** Bytes. A larger one is answered with 413 before it is read. */
  private static final int LARGEST_BODY = 3 * 1024 * 1024;

  private final ListenAddress address;
  private final EmbeddedServer server;

  private WebServer(ListenAddress address, EmbeddedServer server) {
    this.address = address;
    this.server = server;
  }

  /**
   * Makes a server that does not listen yet.
   *
   * @param beans the objects that controllers ask for in their constructors
   */
  public static WebServer of(ListenAddress address, Object... beans) {
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .environmentPropertySource(false)
            .singletons(beans)
            .properties(
                Map.of(
                    "micronaut.server.host",
                    address.host(),
                    "micronaut.server.port",
                    address.port() == 0 ? ANY_PORT : address.port(),
                    "micronaut.server.max-request-size",
                    LARGEST_BODY))
            .start();
    return new WebServer(address, context.getBean(EmbeddedServer.class));
  }

  /** Hands more objects to the controllers, such as those that need {@link #bean} first. */
  public void register(Object... beans) {
    for (Object bean : beans) {
      server.getApplicationContext().registerSingleton(bean);
    }
  }

  /** Listens. Fails with a message for the operator when the address cannot be had. */
  public void start() {
    try {
      server.start();
    } catch (ServerStartupException e) {
      close();
      throw new StartupException(
          "cannot listen on %s:%d (%s); free it, or change %s or %s"
              .formatted(
                  address.host(),
                  address.port(),
                  e.getMessage(),
                  Settings.variable(address.settings() + ".port"),
                  Settings.variable(address.settings() + ".host")),
          e);
    }
  }

  /** An object that the server made, such as one that controllers share. */
  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  public boolean isRunning() {
    return server.isRunning();
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** The address it answers at. */
  public URL url() {
    return server.getURL();
  }

  /** May be called twice. */
  @Override
  public void close() {
    server.getApplicationContext().close();
  }
}
