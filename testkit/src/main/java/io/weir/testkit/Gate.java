package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy of a server that can be shut: then connections break and new ones are refused. */
public final class Gate implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket server;

  /** Opens a gate in front of the server that listens on this loopback port. */
  public Gate(int target) {
    this.target = target;
    this.server = listen(0);
    this.port = server.getLocalPort();
    accept(server);
  }

  public int port() {
    return port;
  }

  public void shut() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
      open.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void reopen() {
    server = listen(port);
    accept(server);
  }

  @Override
  public void close() {
    shut();
  }

  private static ServerSocket listen(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket listening) {
    Thread.ofVirtual()
        .start(() -> {
          while (!listening.isClosed()) {
            try {
              Socket inside = listening.accept();
              var outside = new Socket(InetAddress.getLoopbackAddress(), target);
              open.add(inside);
              open.add(outside);
              Thread.ofVirtual().start(() -> copy(inside, outside));
              Thread.ofVirtual().start(() -> copy(outside, inside));
            } catch (IOException e) {
              if (!listening.isClosed()) {
                throw new UncheckedIOException(e);
              }
            }
          }
        });
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The gate was shut or the other side has closed: this connection is over.
      assert from.isClosed() || to.isClosed() || e.getMessage() != null;
    }
  }
}
