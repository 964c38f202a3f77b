package io.weir.local.process;

import io.weir.process.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Loopback ports that are taken or free. */
public final class Port {
  private static final int PATIENCE_MILLIS = 300;
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Port() {}

  /** Whether the port answers, or nobody else may listen on it. */
  public static boolean isTaken(int port) {
    return answers(port) || !isBindable(port);
  }

  /** Whether a connection to the port is accepted. */
  public static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(address(port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isBindable(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(address(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A port that is free now. It lies below the ports that systems give to outgoing connections,
   * because such a connection may take a port before the server binds it.
   */
  public static int free() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isBindable(port)) {
        return port;
      }
    }
    throw new StartupException("no free port from " + FIRST + " to " + (FIRST + COUNT - 1));
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
