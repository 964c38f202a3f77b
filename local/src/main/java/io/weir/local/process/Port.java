package io.weir.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Loopback ports: which are taken, which are free. */
public final class Port {
  private static final int PATIENCE_MILLIS = 300;

  private Port() {}

  /** Whether something answers on the port, or nobody else may listen there. */
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

  /** A port that is free now. */
  public static int free() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
