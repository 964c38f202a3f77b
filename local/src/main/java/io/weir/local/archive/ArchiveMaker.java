package io.weir.local.archive;

import io.weir.local.process.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a class archive. A rehearsal records the classes that the commands load, a second process
 * writes the archive, and a third one proves that the archive can be used. The pointer names the
 * archive only after that.
 */
public final class ArchiveMaker {
  private static final long RACY_MILLIS = 2_000;
  private static final long STEP_SECONDS = 240;
  private static final long CLEAN_UP_SECONDS = 5;
  private static final int KEPT = 2;

  private final ClassArchive archive;
  private final Map<String, List<String>> rehearsals;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Process step;
  private boolean isStopped;

  /**
   * A maker of archives. The rehearsals are commands of the launcher, each with the name of its
   * archive. The JVM loads an archive as a whole, so commands that need few classes have an archive
   * of their own.
   */
  public ArchiveMaker(Path pointer, Map<String, List<String>> rehearsals) {
    this.archive = new ClassArchive(pointer);
    this.rehearsals = Map.copyOf(rehearsals);
  }

  /** Makes the archive; false if another process is making it. */
  public boolean make() throws IOException, InterruptedException {
    Files.createDirectories(archive.folder());
    try (var channel =
            FileChannel.open(
                archive.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      makeAlone();
      return true;
    } finally {
      ended.countDown();
    }
  }

  /**
   * Ends the step that runs, from another thread, and waits until its files are deleted. A stop is
   * no failure: the next command may begin anew at once.
   */
  public void stop() {
    synchronized (this) {
      isStopped = true;
      if (step != null) {
        step.destroyForcibly();
      }
    }
    try {
      ended.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isStopped() {
    return isStopped;
  }

  private void makeAlone() throws IOException, InterruptedException {
    Path folder = newFolder();
    try {
      fill(folder);
      publish(folder);
      Files.deleteIfExists(archive.failure());
      removeOld();
    } catch (IOException | RuntimeException | InterruptedException e) {
      FileTree.delete(folder);
      if (!isStopped()) {
        Files.writeString(archive.failure(), e + System.lineSeparator());
      }
      throw e;
    }
  }

  private Path newFolder() throws IOException {
    String name = archive.pointer().getFileName() + "." + Instant.now().toEpochMilli();
    Path folder = Files.createDirectory(archive.folder().resolve(name));
    // Every later change is newer than the mark, and so is a change just before it.
    Path mark = Files.createFile(folder.resolve("mark"));
    long now = Files.getLastModifiedTime(mark).toMillis();
    Files.setLastModifiedTime(mark, FileTime.fromMillis(now - RACY_MILLIS));
    return folder;
  }

  private void fill(Path folder) throws IOException, InterruptedException {
    String classPath = new JarCopy(folder).of(System.getProperty("java.class.path"));
    Files.writeString(folder.resolve("classpath"), classPath);
    for (Map.Entry<String, List<String>> each : rehearsals.entrySet()) {
      record(classPath, folder.resolve(each.getKey()), each.getValue());
    }
  }

  private void record(String classPath, Path classes, List<String> rehearsal)
      throws IOException, InterruptedException {
    Path recorded = classes.resolveSibling("recorded");
    Path temporary = classes.resolveSibling("tmp");
    run(
        "the rehearsal",
        // C2 stays off: its profiles in an archive would make it compile far too much.
        JavaCommand.plain(
            classPath,
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + Files.createDirectories(temporary),
            "-XX:AOTMode=record",
            "-XX:AOTConfiguration=" + recorded),
        rehearsal);
    run(
        "writing the archive",
        JavaCommand.plain(
            classPath,
            "-XX:AOTMode=create",
            "-XX:AOTConfiguration=" + recorded,
            "-XX:AOTCache=" + classes),
        List.of());
    Files.delete(recorded);
    FileTree.delete(temporary);
    run(
        "the proof",
        JavaCommand.plain(classPath, "-XX:AOTMode=on", "-XX:AOTCache=" + classes),
        List.of("--version"));
  }

  private void run(String what, List<String> java, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(java);
    command.add(JavaCommand.MAIN);
    command.addAll(arguments);
    Process process = begin(command);
    if (!process.waitFor(STEP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException(what + " is not done after " + STEP_SECONDS + " s");
    }
    if (isStopped()) {
      throw new CancellationException(what + " was stopped");
    }
    if (process.exitValue() != 0) {
      throw new IOException(what + " ended with code " + process.exitValue());
    }
  }

  private synchronized Process begin(List<String> command) throws IOException {
    if (isStopped) {
      throw new CancellationException("the archive is not made: this process ends");
    }
    Process process = new ProcessBuilder(command).inheritIO().start();
    step = process;
    return process;
  }

  private void publish(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        force(file);
      }
    }
    Path next = archive.pointer().resolveSibling(archive.pointer().getFileName() + ".new");
    Files.writeString(next, folder.getFileName() + "\n");
    force(next);
    Files.move(next, archive.pointer(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forces the file to the disk: after a loss of power it must not be empty. */
  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Removes old archives. The newest ones stay for a command that has just read the pointer. */
  private void removeOld() throws IOException {
    try (Stream<Path> all = Files.list(archive.folder())) {
      List<Path> old =
          all.filter(Files::isDirectory)
              .sorted(Comparator.comparing(ArchiveMaker::made).reversed())
              .skip(KEPT)
              .toList();
      for (Path folder : old) {
        FileTree.delete(folder);
      }
    }
  }

  private static FileTime made(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
