package io.weir.local.drill;

import io.weir.local.platform.Platform;
import io.weir.local.platform.Service;
import io.weir.local.process.ChildProcess;
import io.weir.local.server.Postmaster;
import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The processes of a drill. Who dies starts again at once, however often. */
final class Crew {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long POLL_MILLIS = 100;

  /** More than a stack trace with all its causes. */
  private static final int TAIL_LINES = 1_000;

  private final Platform platform;
  private final Consumer<String> report;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, ChildProcess> processes = new LinkedHashMap<>();
  private final Set<ChildProcess> asked = new HashSet<>();
  private final List<String> unasked = new ArrayList<>();

  Crew(Platform platform, Consumer<String> report) {
    this.platform = platform;
    this.report = report;
  }

  Platform platform() {
    return platform;
  }

  /** Starts a member, and from now on starts it again whenever it has died. */
  synchronized void add(Member member) {
    members.put(member.name(), member);
    processes.put(member.name(), start(member));
  }

  private ChildProcess start(Member member) {
    return member.service() == Service.POSTGRES
        ? platform.start(Service.POSTGRES)
        : platform.start(member.spec());
  }

  /** Ends a member for good; tells whether it ended by itself in time. */
  boolean remove(String name, Duration patience) throws InterruptedException {
    ChildProcess process;
    synchronized (this) {
      members.remove(name);
      process = processes.remove(name);
      if (process != null && !process.isAlive()) {
        judge(process);
      }
    }
    if (process == null) {
      return true;
    }
    boolean isGone = process.stop(patience);
    platform.forget(process);
    return isGone;
  }

  /** Starts those who have died, services only when both servers are ready. */
  void step() throws InterruptedException {
    for (Member member : dead()) {
      if (member.isServer() || areServersReady()) {
        restart(member);
      }
    }
  }

  private synchronized List<Member> dead() {
    return members.values().stream().filter(member -> !isAlive(member.name())).toList();
  }

  private boolean areServersReady() throws InterruptedException {
    List<Member> servers;
    synchronized (this) {
      servers = members.values().stream().filter(Member::isServer).toList();
    }
    for (Member server : servers) {
      if (server.problem().isPresent()) {
        return false;
      }
    }
    return true;
  }

  private synchronized void restart(Member member) {
    ChildProcess old = processes.get(member.name());
    if (old == null
        || old.isAlive()
        || !members.containsKey(member.name())
        || platform.isStopping()) {
      return;
    }
    judge(old);
    platform.forget(old);
    processes.put(member.name(), start(member));
  }

  /** Takes note of a death that nobody here has asked for. */
  private void judge(ChildProcess dead) {
    if (asked.remove(dead)) {
      return;
    }
    String line = dead.name() + " " + dead.ending();
    unasked.add(line);
    report.accept(line + ": " + LastWords.of(dead.log().tail(TAIL_LINES)));
    keep(dead);
  }

  /** Keeps the log, which the next starts would push out. */
  private void keep(ChildProcess process) {
    Path log = process.log().path();
    try {
      Files.copy(log, log.resolveSibling(process.name() + "-ended-" + unasked.size() + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The deaths that no fault asked for: a service may give up when a server is away. */
  synchronized List<String> unasked() {
    return List.copyOf(unasked);
  }

  private boolean isAlive(String name) {
    ChildProcess process = processes.get(name);
    return process != null && process.isAlive();
  }

  synchronized @Nullable ChildProcess process(String name) {
    return processes.get(name);
  }

  /** Sends SIGKILL. */
  void kill(String name) throws InterruptedException {
    ChildProcess process = askedToEnd(name);
    if (name.equals(Service.POSTGRES.id())) {
      postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }
    if (process != null) {
      process.kill();
    }
  }

  /** The process of that name, of which an end is asked for from now on, unless it has ended. */
  private synchronized @Nullable ChildProcess askedToEnd(String name) {
    ChildProcess process = processes.get(name);
    if (process != null && process.isAlive()) {
      asked.add(process);
    }
    return process;
  }

  /** The server of PostgreSQL in this drill's own data folder. */
  private Optional<ProcessHandle> postmaster() {
    try {
      return new Postmaster(platform.catalogue().home().postgres()).running();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends STOP or CONT to a process that this drill has started, if it still runs. */
  static void signal(String name, ChildProcess process) throws InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new StartupException("there is no program kill", e);
    }
  }

  /** Waits until a member is ready; returns the milliseconds since the given time. */
  long awaitReady(String name, long sinceNanos) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<String> problem = problem(name);
      if (problem.isEmpty()) {
        return (System.nanoTime() - sinceNanos) / 1_000_000;
      }
      if (System.nanoTime() > deadline) {
        throw new DrillFailedException(
            name + " is not ready after " + PATIENCE.toSeconds() + " s: " + problem.get());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Why a member could not serve now; empty if it could. */
  Optional<String> problem(String name) throws InterruptedException {
    Member member;
    synchronized (this) {
      member = members.get(name);
      if (member == null || !isAlive(name)) {
        return Optional.of("it is dead");
      }
    }
    return member.problem();
  }
}
