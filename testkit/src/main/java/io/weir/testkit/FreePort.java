package io.weir.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback port that is free now. It lies below the ports that systems give to outgoing
 * connections: such a connection took a chosen port more than once before the server under test
 * could bind it. JVMs that test at the same time have different ports, so that none takes what
 * another has chosen.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  private static final int JVMS = 4;

  /** The build numbers the JVMs of a module, from 1 on. */
  private static final int JVM = Integer.getInteger("weir.test.jvm", 0);

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  public static int next() {
    for (int tried = 0; tried < COUNT / JVMS; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement() * JVMS + JVM, COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
