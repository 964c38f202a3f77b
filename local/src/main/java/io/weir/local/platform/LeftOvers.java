package io.weir.local.platform;

import io.weir.local.process.ProcessCommand;
import io.weir.local.server.Postmaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds and ends processes whose launcher is gone. A process counts only if it still is the one
 * that its pid file describes.
 */
public final class LeftOvers {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String SERVER = "PostgreSQL server";

  private LeftOvers() {}

  /** A left-over process. */
  public record LeftOver(String name, ProcessHandle handle) {
    Service.Kind kind() {
      return isServer() ? Service.Kind.SERVER : Service.Kind.of(name);
    }

    /**
     * Whether this is PostgreSQL's server: it has another signal for a quick end, which {@link
     * Postmaster} sends.
     */
    private boolean isServer() {
      return name.equals(SERVER);
    }

    private void terminate() {
      if (!isServer()) {
        handle.destroy();
      }
    }

    @Override
    public String toString() {
      return name + " (pid " + handle.pid() + ")";
    }
  }

  /** The left-over processes, in the order in which to end them. */
  public static List<LeftOver> in(Home home) {
    var found = new ArrayList<LeftOver>();
    for (String name : names(home)) {
      home.pidFile(name)
          .running()
          .filter(handle -> Service.named(name).isPresent() || !hasLauncher(handle))
          .ifPresent(handle -> found.add(new LeftOver(name, handle)));
    }
    if (found.stream().noneMatch(left -> left.name().equals(Service.POSTGRES.id()))) {
      addServer(home, found);
    }
    return found;
  }

  /** Services from the last to the first, after the other processes, such as a training. */
  private static List<String> names(Home home) {
    var names = new LinkedHashSet<>(home.pidFiles());
    List<String> services = List.of(Service.values()).reversed().stream().map(Service::id).toList();
    services.forEach(names::remove);
    names.addAll(services);
    return List.copyOf(names);
  }

  /** Whether its launcher lives: {@code weir train --simulated} runs beside a demo. */
  private static boolean hasLauncher(ProcessHandle handle) {
    return handle
        .parent()
        .filter(parent -> ProcessCommand.of(parent.pid()).contains("io.weir.local."))
        .isPresent();
  }

  /** Adds the database server, which outlives its process if that is killed. */
  private static void addServer(Home home, List<LeftOver> found) {
    try {
      new Postmaster(home.postgres())
          .running()
          .ifPresent(handle -> found.add(new LeftOver(SERVER, handle)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String names(List<LeftOver> leftOvers) {
    return leftOvers.stream().map(LeftOver::toString).collect(Collectors.joining(", "));
  }

  /** Ends the processes, the servers last; returns those that had to be killed. */
  public static List<LeftOver> end(Home home, Consumer<LeftOver> progress)
      throws InterruptedException {
    var killed = new ArrayList<LeftOver>();
    List<LeftOver> all = in(home);
    for (Service.Kind kind : Service.Kind.inOrderOfEnd()) {
      List<LeftOver> same = all.stream().filter(left -> left.kind() == kind).toList();
      same.forEach(LeftOver::terminate);
      for (LeftOver left : same) {
        progress.accept(left);
        if (!left.isServer() && !end(left)) {
          killed.add(left);
        }
        home.pidFile(left.name()).delete();
      }
    }
    try {
      new Postmaster(home.postgres()).endLeftOver(PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return killed;
  }

  private static boolean end(LeftOver left) throws InterruptedException {
    if (awaitEnd(left, PATIENCE)) {
      return true;
    }
    left.handle().destroyForcibly();
    awaitEnd(left, PATIENCE);
    return false;
  }

  private static boolean awaitEnd(LeftOver left, Duration patience) throws InterruptedException {
    try {
      left.handle().onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
