package io.weir.benchmarks.measure;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CPU time and memory a process has used so far, read from Linux's {@code /proc}. */
public record ProcessUsage(long pid) {
  /** Hundredths of a second on every Linux of today. */
  private static final double TICKS_PER_SECOND = 100;

  /** Places of utime and stime after the command's closing bracket, see proc(5). */
  private static final int USER_TIME = 11;

  private static final int SYSTEM_TIME = 12;
  private static final double LEAST_SHOWN = 0.1;

  /** The same of children that have ended: cutime and cstime. */
  private static final int ENDED_CHILDREN = 2;

  /** The user and system time of all threads of the process. */
  public double cpuSeconds() {
    return cpuSeconds(read(Path.of("stat")));
  }

  /** The CPU time of the process and of all it has started, running or ended. */
  public double cpuSecondsOfAll() {
    List<ProcessHandle> children =
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).toList();
    double seconds = 0;
    for (ProcessHandle child : children) {
      // A child that has just ended is counted with its parent.
      if (child.isAlive()) {
        seconds += ofItAndEnded(new ProcessUsage(child.pid()).read(Path.of("stat")));
      }
    }
    return seconds + ofItAndEnded(read(Path.of("stat")));
  }

  private static double ofItAndEnded(String stat) {
    return cpuSeconds(stat, 0) + cpuSeconds(stat, ENDED_CHILDREN);
  }

  /**
   * The CPU time by thread, of threads that still live. Linux keeps 15 characters of a name;
   * threads whose names differ in digits alone count as one.
   */
  public Map<String, Double> cpuSecondsByThread() {
    var seconds = new TreeMap<String, Double>();
    try (Stream<Path> threads = Files.list(folder().resolve("task"))) {
      for (Path thread : threads.toList()) {
        String stat = read(Path.of("task", thread.getFileName().toString(), "stat"));
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        seconds.merge(name.replaceAll("[#\\d]+", "").strip(), cpuSeconds(stat), Double::sum);
      }
    } catch (IOException e) {
      throw unreadable(folder(), e);
    }
    return seconds;
  }

  /** Threads and their seconds, the busiest first. */
  public static String busiest(Map<String, Double> secondsByThread) {
    return secondsByThread.entrySet().stream()
        .filter(thread -> thread.getValue() >= LEAST_SHOWN)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(thread -> String.format(Locale.ROOT, "%s %.1f", thread.getKey(), thread.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static double cpuSeconds(String stat) {
    return cpuSeconds(stat, 0);
  }

  private static double cpuSeconds(String stat, int further) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME + further])
            + Long.parseLong(fields[SYSTEM_TIME + further]))
        / TICKS_PER_SECOND;
  }

  /** The most memory the process ever held. */
  public long peakMegabytes() {
    return read(Path.of("status"))
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private Path folder() {
    return Path.of("/proc", Long.toString(pid));
  }

  private String read(Path file) {
    Path path = folder().resolve(file);
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static StartupException unreadable(Path path, IOException e) {
    return new StartupException(path + " cannot be read, this benchmark needs Linux: " + e, e);
  }
}
