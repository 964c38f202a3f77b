package io.weir.http;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.weir.http.oidc.Oidc;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.CertificateWatch;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The HTTP server of a service. Its controllers are found on the class path. */
public final class WebServer implements AutoCloseable {
  /** Micronaut's word for any free port. */
  private static final int ANY_PORT = -1;

  private static final String LISTENERS = "micronaut.server.netty.listeners.";
  private static final String MAIN = "main";

  /** A connection without a request in it, and without an answer that goes on. */
  private static final String IDLE = "60s";

  private final ListenAddress address;
  private final Oidc oidc;
  private final CertificateWatch certificates;
  private final NettyEmbeddedServer server;

  private WebServer(ListenAddress address, Oidc oidc, NettyEmbeddedServer server) {
    this.address = address;
    this.oidc = oidc;
    this.certificates = new CertificateWatch(address.tls().certificates(), InstantSource.system());
    this.server = server;
  }

  /**
   * Makes a server that does not listen yet.
   *
   * @param beans the objects that controllers ask for in their constructors
   */
  public static WebServer of(ListenAddress address, Object... beans) {
    var oidc = new Oidc(address.access().tokens());
    ApplicationContextBuilder builder =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .environmentPropertySource(false)
            .singletons(address, oidc, new SessionCookie(address.access(), InstantSource.system()))
            .singletons(beans)
            .properties(properties(address));
    address.tls().key().ifPresent(key -> builder.singletons(new ServerTls(key)));
    ApplicationContext context = builder.start();
    return new WebServer(address, oidc, context.getBean(NettyEmbeddedServer.class));
  }

  private static Map<String, Object> properties(ListenAddress address) {
    var properties = new HashMap<String, Object>();
    // A larger one is answered with 413 before it is read.
    properties.put("micronaut.server.max-request-size", address.access().limits().body());
    properties.put("micronaut.server.idle-timeout", IDLE);
    listener(properties, MAIN, address.host(), address.port());
    address.tls().key().ifPresent(_ -> properties.put(LISTENERS + MAIN + ".ssl", true));
    address
        .management()
        .ifPresent(port -> listener(properties, "management", address.host(), port));
    return properties;
  }

  private static void listener(Map<String, Object> properties, String name, String host, int port) {
    String prefix = LISTENERS + name;
    properties.put(prefix + ".host", host);
    properties.put(prefix + ".port", port == 0 ? ANY_PORT : port);
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
      oidc.begin();
      certificates.begin();
    } catch (ServerStartupException e) {
      close();
      throw new StartupException(
          "cannot listen on %s:%d%s (%s); free it, or change %s%s or %s"
              .formatted(
                  address.host(),
                  address.port(),
                  address.management().map(port -> " and " + port).orElse(""),
                  e.getMessage(),
                  variable(".port"),
                  address.management().map(_ -> ", " + variable(".management-port")).orElse(""),
                  variable(".host")),
          e);
    }
  }

  private String variable(String end) {
    return Settings.variable(address.settings() + end);
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
    return server.getBoundPorts().stream()
        .filter(port -> !address.management().equals(Optional.of(port)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server does not listen"));
  }

  /** The address it answers at. */
  public URL url() {
    URL any = server.getURL();
    try {
      return URI.create(address.tls().scheme() + "://" + literal(any.getHost()) + ":" + port())
          .toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String literal(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** May be called twice. */
  @Override
  public void close() {
    server.getApplicationContext().close();
    oidc.close();
    certificates.close();
  }
}
