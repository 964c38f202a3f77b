package io.weir.stream.enrich;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes files of MaxMind's format (version 2.0, records of 24 bits, both address families): enough
 * for small files, equal bytes for equal input.
 */
final class MmdbWriter {
  private static final byte[] METADATA_MARK = {
    (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
  };
  private static final int EMPTY = -1;
  private static final int TEXT = 2;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int MAP = 7;
  private static final int UINT64 = 9;
  private static final int LIST = 11;
  private static final int IPV4_PREFIX = 96;

  /** Two branches each: a node's number, a record as {@code -2 - offset}, or empty. */
  private final List<int[]> nodes = new ArrayList<>();

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Map<Object, Integer> offsets = new LinkedHashMap<>();
  private final String type;

  MmdbWriter(String type) {
    this.type = type;
    nodes.add(new int[] {EMPTY, EMPTY});
  }

  /** Gives this record to all addresses of a network such as {@code 203.0.113.0/24}. */
  MmdbWriter put(String network, Map<String, ?> place) {
    int slash = network.indexOf('/');
    byte[] address = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
    int length = Integer.parseInt(network.substring(slash + 1));
    byte[] bits = new byte[16];
    System.arraycopy(address, 0, bits, 16 - address.length, address.length);
    insert(bits, address.length == 4 ? length + IPV4_PREFIX : length, offset(place));
    return this;
  }

  private int offset(Map<String, ?> place) {
    return offsets.computeIfAbsent(
        place,
        _ -> {
          int offset = data.size();
          write(data, place);
          return offset;
        });
  }

  private void insert(byte[] bits, int length, int offset) {
    int node = 0;
    for (int i = 0; i < length - 1; i++) {
      int[] branches = nodes.get(node);
      int bit = bit(bits, i);
      if (branches[bit] < EMPTY) {
        throw new IllegalArgumentException("the network lies in one that is there already");
      }
      if (branches[bit] == EMPTY) {
        branches[bit] = nodes.size();
        nodes.add(new int[] {EMPTY, EMPTY});
      }
      node = branches[bit];
    }
    nodes.get(node)[bit(bits, length - 1)] = -2 - offset;
  }

  private static int bit(byte[] bits, int index) {
    return bits[index >> 3] >> (7 - (index & 7)) & 1;
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    for (int[] branches : nodes) {
      for (int branch : branches) {
        int record = branch >= 0 ? branch : nodes.size() + (branch == EMPTY ? 0 : 14 - branch);
        number(out, record, 3);
      }
    }
    out.writeBytes(new byte[16]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(METADATA_MARK);
    write(out, metadata());
    return out.toByteArray();
  }

  private Map<String, Object> metadata() {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("binary_format_major_version", (short) 2);
    metadata.put("binary_format_minor_version", (short) 0);
    metadata.put("build_epoch", 1_767_225_600L);
    metadata.put("database_type", type);
    metadata.put("description", Map.of("en", "Written by Weir's tests"));
    metadata.put("ip_version", (short) 6);
    metadata.put("languages", List.of("en"));
    metadata.put("node_count", nodes.size());
    metadata.put("record_size", (short) 24);
    return metadata;
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(out, TEXT, bytes.length);
        out.writeBytes(bytes);
      }
      case Map<?, ?> map -> {
        head(out, MAP, map.size());
        map.forEach((key, each) -> {
          write(out, key);
          write(out, each);
        });
      }
      case List<?> list -> {
        head(out, LIST, list.size());
        list.forEach(each -> write(out, each));
      }
      case Short number -> {
        head(out, UINT16, 2);
        number(out, number, 2);
      }
      case Integer number -> {
        head(out, UINT32, 4);
        number(out, number, 4);
      }
      case Long number -> {
        head(out, UINT64, 8);
        number(out, number, 8);
      }
      default -> throw new IllegalArgumentException("no place in the format for " + value);
    }
  }

  private static void head(ByteArrayOutputStream out, int type, int size) {
    int first = type <= MAP ? type << 5 : 0;
    int shown = size < 29 ? size : 29;
    out.write(first | shown);
    if (type > MAP) {
      out.write(type - MAP);
    }
    if (shown == 29) {
      out.write(size - 29);
    }
  }

  private static void number(ByteArrayOutputStream out, long number, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (number >> (8 * i)));
    }
  }
}
