package io.weir.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback port that is free now. It lies below the ports that systems give to outgoing
 * connections: such a connection took a chosen port more than once before the server under test
 * could bind it. JVMs that test at the same time have different ports, so that none takes what
 * another has chosen. A JVM without a number chooses from all ports.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  static final int COUNT = 12_000;

  static final int JVMS = 4;

  /** The build numbers the JVMs of a module's integration tests, from 1 on. */
  private static final Optional<Integer> JVM =
      Optional.ofNullable(Integer.getInteger("weir.test.jvm"));

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  public static int next() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = port(NEXT.getAndIncrement(), JVM);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " on");
  }

  /** The port of a turn in the JVM of a number. */
  static int port(int turn, Optional<Integer> jvm) {
    return FIRST + Math.floorMod(jvm.map(number -> turn * JVMS + number).orElse(turn), COUNT);
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
