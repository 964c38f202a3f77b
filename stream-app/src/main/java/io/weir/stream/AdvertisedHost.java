package io.weir.stream;

import io.weir.process.Settings;
import io.weir.process.StartupException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name by which other instances reach this one. */
final class AdvertisedHost {
  private AdvertisedHost() {}

  /** Reads the setting; without it, where the service listens. */
  static String from(Settings settings, String host) {
    return settings.text("stream.advertised-host").orElseGet(() -> reachable(host));
  }

  /** A wildcard address (0.0.0.0, ::) cannot be advertised; the local IP address is used. */
  private static String reachable(String host) {
    if (!host.equals("0.0.0.0") && !host.equals("::")) {
      return host;
    }
    try {
      return InetAddress.getLocalHost().getHostAddress();
    } catch (UnknownHostException e) {
      throw new StartupException(
          "this machine's address is unknown; set WEIR_STREAM_ADVERTISED_HOST to it", e);
    }
  }
}
