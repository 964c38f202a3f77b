package io.weir.sink.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.testkit.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy of an object store that fails in the ways in which object stores fail. */
public final class FaultyStore implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mood mood = Mood.WELL;

  public enum Mood {
    WELL,
    INTERNAL_ERROR,
    SLOW_DOWN,
    RESET,
    SILENT
  }

  public FaultyStore(int target) {
    this.target = target;
    try {
      this.server = new ServerSocket(FreePort.next(), 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Changes the mood for new requests and for open connections. */
  public void be(Mood other) {
    mood = other;
    open.forEach(FaultyStore::shut);
    open.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket client) {
    try {
      switch (mood) {
        case WELL -> forward(client);
        case INTERNAL_ERROR -> answer(client, "500 Internal Server Error", "InternalError");
        case SLOW_DOWN -> answer(client, "503 Slow Down", "SlowDown");
        case RESET -> {
          client.setSoLinger(true, 0);
          client.close();
        }
        case SILENT -> client.getInputStream().readNBytes(1);
      }
    } catch (IOException e) {
      shut(client);
    }
  }

  private void forward(Socket client) throws IOException {
    var store = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(store);
    Thread.ofVirtual().start(() -> copy(store, client));
    copy(client, store);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      shut(to);
    }
  }

  /** Reads the whole request before the answer, because the client would otherwise get a reset. */
  private static void answer(Socket client, String status, String code) throws IOException {
    InputStream request = client.getInputStream();
    if (request.read() < 0) {
      return;
    }
    String body = "<Error><Code>" + code + "</Code><Message>as told</Message></Error>";
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    client.getOutputStream().write((head + body).getBytes(US_ASCII));
    client.shutdownOutput();
    request.transferTo(java.io.OutputStream.nullOutputStream());
    client.close();
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    be(Mood.RESET);
  }
}
