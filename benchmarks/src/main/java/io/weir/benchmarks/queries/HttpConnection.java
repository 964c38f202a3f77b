package io.weir.benchmarks.queries;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An HTTP connection that stays open. It costs much less than the JDK's client, which matters where
 * client and server share two cores. A reply must state its length.
 */
public final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int BUFFER = 1 << 14;
  private static final String LENGTH = "content-length:";

  private final int port;
  private final Socket socket;
  private final InputStream in;
  private final StringBuilder line = new StringBuilder();

  private HttpConnection(int port, Socket socket) throws IOException {
    this.port = port;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  public static HttpConnection open(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new HttpConnection(port, socket);
  }

  /** The status and the text of a reply. */
  public record HttpReply(int status, String body) {}

  public HttpReply get(String path) throws IOException {
    return answer(path, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
  }

  /** Sends a JSON document of ASCII characters. */
  public HttpReply post(String path, String json) throws IOException {
    return answer(
        path,
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + json.length()
            + "\r\n\r\n"
            + json);
  }

  private HttpReply answer(String path, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    String first = line();
    int status = Integer.parseInt(first.substring(9, 12));
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without a length to " + path + ": " + first);
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("an answer was cut off: " + path);
    }
    return new HttpReply(status, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    line.setLength(0);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("port " + port + " has closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
