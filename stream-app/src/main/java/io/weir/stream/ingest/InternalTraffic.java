package io.weir.stream.ingest;

import io.weir.contract.avro.EnrichedEvent;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that tell the own people's events, which are not to be counted as visits. Each event is
 * judged alone, by the address it came from and by its page.
 *
 * @param networks in which the own people are
 * @param flags parameters in the query of a page's address, as {@code name} or {@code name=value}
 */
public record InternalTraffic(List<Network> networks, List<String> flags) {
  private static final int IPV4_DOTS = 3;

  public static final InternalTraffic NONE = new InternalTraffic(List.of(), List.of());

  public InternalTraffic {
    networks = List.copyOf(networks);
    flags = List.copyOf(flags);
  }

  /** A network by its first bits. */
  public static final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    /** Reads a network such as {@code 192.0.2.0/24} or an address, which is a network of one. */
    public static Network parse(String text) {
      int slash = text.indexOf('/');
      byte[] address = address(slash < 0 ? text : text.substring(0, slash));
      if (address == null) {
        throw new IllegalArgumentException(text + " is not a network such as 192.0.2.0/24");
      }
      int most = address.length * Byte.SIZE;
      return new Network(address, slash < 0 ? most : bits(text, text.substring(slash + 1), most));
    }

    private static int bits(String network, String text, int most) {
      try {
        int bits = Integer.parseInt(text);
        if (bits > 0 && bits <= most) {
          return bits;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(network + " has no number after the slash", e);
      }
      throw new IllegalArgumentException(network + ": the number is not from 1 to " + most);
    }

    boolean contains(byte[] other) {
      int whole = bits / Byte.SIZE;
      int mask = 0xff00 >> bits % Byte.SIZE & 0xff;
      return other.length == address.length
          && Arrays.equals(address, 0, whole, other, 0, whole)
          && (mask == 0 || ((address[whole] ^ other[whole]) & mask) == 0);
    }

    @Override
    public String toString() {
      return Arrays.toString(address) + "/" + bits;
    }
  }

  /** Never asks a name server; null if the text is no address. */
  private static byte @Nullable [] address(String text) {
    // A zone names a network card of the machine that wrote it; Java would look for one of ours.
    int zone = text.indexOf('%');
    String literal = zone < 0 ? text : text.substring(0, zone);
    if (literal.indexOf(':') < 0 && literal.chars().filter(c -> c == '.').count() != IPV4_DOTS) {
      // Java reads 192.168 as 192.0.0.168; who writes 192.168/16 means 192.168.0.0.
      return null;
    }
    try {
      return InetAddress.ofLiteral(literal).getAddress();
    } catch (IllegalArgumentException e) {
      // Producers may write anything into the field.
      return null;
    }
  }

  /** What makes the event internal, in words; null if nothing does. */
  @Nullable String reason(EnrichedEvent event) {
    if (!networks.isEmpty() && isFromOwnNetwork(event.getIpAddress())) {
      return "ip_address lies in one of stream.internal-networks";
    }
    String flag = flags.isEmpty() ? null : flag(event.getUrl());
    return flag == null ? null : "url has " + flag + ", which stream.internal-flags names";
  }

  private boolean isFromOwnNetwork(@Nullable String text) {
    byte[] address = text == null ? null : address(text);
    return address != null && networks.stream().anyMatch(each -> each.contains(address));
  }

  private @Nullable String flag(@Nullable String url) {
    int query = url == null ? -1 : url.indexOf('?');
    if (url == null || query < 0) {
      return null;
    }
    int fragment = url.indexOf('#');
    if (fragment >= 0 && fragment < query) {
      return null;
    }
    String parameters = url.substring(query + 1, fragment < 0 ? url.length() : fragment);
    for (String parameter : parameters.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      for (String flag : flags) {
        if (flag.equals(parameter) || flag.equals(name)) {
          return flag;
        }
      }
    }
    return null;
  }
}
