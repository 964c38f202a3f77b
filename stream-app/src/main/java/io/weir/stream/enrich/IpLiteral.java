package io.weir.stream.enrich;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Reads and shortens addresses as they are written. Never asks a name server. */
final class IpLiteral {
  private static final int IPV6_KEPT = 6;

  private IpLiteral() {}

  static @Nullable InetAddress parse(String text) {
    // A zone names a network card of the machine that wrote it; Java would look for one of ours.
    int zone = text.indexOf('%');
    try {
      return InetAddress.ofLiteral(zone < 0 ? text : text.substring(0, zone));
    } catch (IllegalArgumentException e) {
      // Producers may write anything into the field: this text is not an address.
      return null;
    }
  }

  /** IPv4 without its last number, or the first 48 bits of IPv6; null if the text is no address. */
  static @Nullable String truncated(String text) {
    InetAddress address = parse(text);
    if (address == null) {
      return null;
    }
    byte[] bytes = address.getAddress();
    var shortened = new StringBuilder(20);
    if (bytes.length == 4) {
      for (int i = 0; i < 3; i++) {
        shortened.append(bytes[i] & 0xff).append('.');
      }
      return shortened.append('0').toString();
    }
    for (int i = 0; i < IPV6_KEPT; i += 2) {
      int group = (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
      shortened.append(Integer.toHexString(group)).append(':');
    }
    return shortened.append(':').toString();
  }
}
