package io.weir.local.drill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A port in front of PostgreSQL. When armed with a text, it lets the next request with that text
 * through, waits until the server has done it and says so, and ends the connection without passing
 * the answer on: the client cannot know whether its commit has happened.
 */
final class CommitCutter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable String> wanted = new AtomicReference<>();

  /** One client's connection. */
  private static final class Line {
    /** The server's answers are watched and no longer passed on. */
    volatile boolean isCut;
  }

  private CommitCutter(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A cutter in front of the server that listens on a port of this machine, now or later. */
  static CommitCutter before(int target) {
    try {
      var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      var cutter = new CommitCutter(server, target);
      Thread.ofVirtual().name("commit-cutter").start(cutter::accept);
      return cutter;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Cuts the next request that has the text. */
  void arm(String text) {
    wanted.set(text);
  }

  /** Cuts nothing any more; tells whether a cut was still to come. */
  boolean disarm() {
    return wanted.getAndSet(null) != null;
  }

  boolean isArmed() {
    return wanted.get() != null;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) {
    try {
      var postgres = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(postgres);
      var line = new Line();
      Thread.ofVirtual()
          .start(() -> carry(client, postgres, () -> answers(line, postgres, client)));
      carry(client, postgres, () -> requests(line, client, postgres));
    } catch (IOException e) {
      close(client);
    }
  }

  /** One direction of a connection. */
  private interface Direction {
    void run() throws IOException;
  }

  /** Carries one direction; when it ends, the connection ends. */
  private void carry(Socket client, Socket postgres, Direction direction) {
    try {
      direction.run();
    } catch (IOException _) {
      // One of the two has gone.
    } finally {
      close(client);
      close(postgres);
    }
  }

  private void requests(Line line, Socket client, Socket postgres) throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = postgres.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      String text = wanted.get();
      if (text != null
          && new String(buffer, 0, count, ISO_8859_1).contains(text)
          && wanted.compareAndSet(text, null)) {
        line.isCut = true;
      }
      out.write(buffer, 0, count);
    }
  }

  private static void answers(Line line, Socket postgres, Socket client) throws IOException {
    InputStream in = postgres.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      if (line.isCut) {
        if (isIdle(buffer, count)) {
          return;
        }
      } else {
        out.write(buffer, 0, count);
      }
    }
  }

  /** Whether the answer ends with "ready for query, outside of a transaction". */
  private static boolean isIdle(byte[] buffer, int count) {
    return count >= 6 && buffer[count - 6] == 'Z' && buffer[count - 1] == 'I';
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    closeQuietly(socket);
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException _) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() {
    closeQuietly(server);
    sockets.forEach(CommitCutter::closeQuietly);
  }
}
