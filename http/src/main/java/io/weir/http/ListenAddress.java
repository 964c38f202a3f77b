package io.weir.http;

import io.weir.http.access.Access;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.process.tls.Tls;
import java.util.List;
import java.util.Optional;

/**
 * The place where a service listens, and for whom.
 *
 * @param settings the prefix of the settings that name it, such as {@code stream}
 * @param port 0 for any free one
 * @param management the port of health and metrics; empty when they are at the other one
 * @param tls of the service's port; the management port speaks plain HTTP
 */
public record ListenAddress(
    String settings, String host, int port, Optional<Integer> management, Access access, Tls tls) {
  private static final int NONE = -1;
  private static final int LAST = 65_535;

  /** For programs of this machine. */
  public ListenAddress(String settings, String host, int port) {
    this(settings, host, port, Optional.empty(), Access.local(), Tls.none());
  }

  /**
   * Reads {@code WEIR_<SERVICE>_HOST}, {@code …_PORT}, {@code …_MANAGEMENT_PORT} and who may come.
   */
  public static ListenAddress from(Settings settings, String service, int usualPort) {
    String host = settings.text(service + ".host", "127.0.0.1");
    int port = settings.port(service + ".port", usualPort);
    String key = service + ".management-port";
    int management = settings.integer(key, NONE, 1, LAST);
    if (management == port) {
      throw new StartupException(
          Settings.variable(key) + "=" + port + " is the port of the service itself");
    }
    return new ListenAddress(
        service,
        host,
        port,
        Optional.of(management).filter(given -> given != NONE),
        Access.from(settings, service, host),
        Tls.from(settings));
  }

  /** The same, also for callers who know the service by this name. */
  public ListenAddress alsoNamed(String name) {
    return new ListenAddress(settings, host, port, management, access.alsoNamed(name), tls);
  }

  /**
   * For a command, which has the settings of its service and listens nowhere: nobody judges them.
   */
  public static ListenAddress ofCommand(Settings settings, String service) {
    List.of(".host", ".port", ".management-port").forEach(name -> settings.text(service + name));
    settings.group("http");
    return new ListenAddress(service, "127.0.0.1", 0);
  }
}
