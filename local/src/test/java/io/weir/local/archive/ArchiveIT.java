package io.weir.local.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.local.platform.Home;
import io.weir.local.platform.Ports;
import io.weir.local.platform.RunFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code weir} with and without a class archive. */
class ArchiveIT {
  private static final Path ROOT =
      Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();

  @TempDir private Path cache;

  private record Answer(int code, String output, String errors) {}

  private Answer weir(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(ROOT.resolve("weir").toString()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("weir", ".err");
    var builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("WEIR_CACHE_DIR", cache.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    var answer = new Answer(process.waitFor(), output, Files.readString(errors));
    Files.delete(errors);
    return answer;
  }

  private Path classes() {
    return cache.resolve("classes");
  }

  /** The pointer that the script looks for and passes to the launcher. */
  private Path pointer() throws IOException {
    Path local = ROOT.resolve("local/target/classes");
    Path tools = ROOT.resolve("lake-tools/target");
    String classPath =
        local + ":" + tools.resolve("classes") + ":" + Files.readString(tools.resolve("classpath"));
    String text = System.getProperty("java.home") + ":" + classPath.stripTrailing() + "\n";
    Process sum = new ProcessBuilder("cksum").start();
    try (var in = sum.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String answer = new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return classes().resolve(answer.substring(0, answer.indexOf(' ')));
  }

  private void publish(String name, String classPath, Instant mark) throws IOException {
    Path folder = Files.createDirectories(classes().resolve(name));
    Files.writeString(folder.resolve("lake.aot"), "this is no archive");
    Files.writeString(folder.resolve("launcher.aot"), "this is no archive");
    Files.writeString(folder.resolve("classpath"), classPath);
    Files.createFile(folder.resolve("mark"));
    Files.setLastModifiedTime(folder.resolve("mark"), FileTime.from(mark));
    Files.writeString(pointer(), name + "\n");
  }

  private String plainClassPath() throws IOException {
    Path tools = ROOT.resolve("lake-tools/target");
    return ROOT.resolve("local/target/classes")
        + ":"
        + tools.resolve("classes")
        + ":"
        + Files.readString(tools.resolve("classpath"));
  }

  private void assertVersionIsPrinted() throws IOException, InterruptedException {
    assertThat(weir("--version")).isEqualTo(new Answer(0, "weir 0.1.0", ""));
  }

  @Test
  void noArchive_commandRuns() throws IOException, InterruptedException {
    assertVersionIsPrinted();
  }

  @Test
  void archiveThatTheJvmRefuses_isIgnoredSilently() throws IOException, InterruptedException {
    publish("broken", plainClassPath(), Instant.now().plusSeconds(60));

    assertVersionIsPrinted();
  }

  @Test
  void archiveOlderThanTheClasses_isNotUsed() throws IOException, InterruptedException {
    publish("stale", "/nowhere/at/all.jar", Instant.EPOCH);

    assertVersionIsPrinted();
  }

  @Test
  void newArchive_isUsed() throws IOException, InterruptedException {
    publish("fresh", "/nowhere/at/all.jar", Instant.now().plusSeconds(60));

    assertThat(weir("--version").errors()).contains("io.weir.local.Main");
  }

  @Test
  void cacheThatCannotBeWritten_commandRuns() throws IOException, InterruptedException {
    Files.writeString(classes(), "a file where a folder should be");

    assertVersionIsPrinted();
    assertThat(new ClassArchive(classes().resolve("1")).isWorthMaking()).isFalse();
  }

  @Test
  void twoMakersAtOnce_oneArchive_whichTheJvmTakes() throws IOException, InterruptedException {
    Path pointer = classes().resolve("1");
    CompletableFuture<Boolean> first =
        CompletableFuture.supplyAsync(() -> make(pointer, "make-archive"));
    CompletableFuture<Boolean> second =
        CompletableFuture.supplyAsync(() -> make(pointer, "make-archive"));

    assertThat(first.join() && second.join()).isTrue();
    String name = Files.readString(pointer).strip();
    assertThat(classes().resolve(name).resolve("lake.aot")).isNotEmptyFile();
    try (Stream<Path> all = Files.list(classes())) {
      assertThat(all.filter(Files::isDirectory)).hasSizeBetween(1, 2);
    }
  }

  /**
   * Makes an archive in a process of its own, as the launcher does; the rehearsal is the list of
   * commands.
   */
  private static boolean make(Path pointer, String command) {
    try {
      var line = new ArrayList<>(JavaCommand.plain(System.getProperty("java.class.path")));
      line.addAll(List.of(JavaCommand.MAIN, command, "--rehearsal=help", pointer.toString()));
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output.contains("made ") || output.contains("another process is making ");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void signalToTheMaker_endsIt_andIsNoFailure() throws IOException, InterruptedException {
    assertNothingIsMade(maker -> maker);
  }

  @Test
  void endOfTheDemo_endsTheMaker() throws IOException, InterruptedException {
    Process demo = new ProcessBuilder("sh", "-c", "read line", "io.weir.local.Main").start();
    var run =
        new RunFile(demo.pid(), Instant.now(), Ports.free(), 1, Optional.empty(), true, Map.of());
    run.write(new Home(cache).runFile());

    assertNothingIsMade(_ -> demo.toHandle());
  }

  /** Ends one process while the maker records classes. */
  private void assertNothingIsMade(UnaryOperator<ProcessHandle> ended)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(JavaCommand.plain(System.getProperty("java.class.path")));
    line.addAll(List.of(JavaCommand.MAIN, "make-archive", "--dir", cache.toString()));
    line.addAll(List.of("--rehearsal=help", classes().resolve("1").toString()));
    Process maker = new ProcessBuilder(line).redirectErrorStream(true).start();
    while (maker.isAlive() && maker.descendants().findAny().isEmpty()) {
      LockSupport.parkNanos(20_000_000);
    }
    List<ProcessHandle> steps = maker.descendants().toList();

    ended.apply(maker.toHandle()).destroy();

    String output = new String(maker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maker.waitFor()).as(output).isNotZero();
    assertThat(steps).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    try (Stream<Path> left = Files.list(classes())) {
      assertThat(left).as(output).containsExactly(classes().resolve("1.lock"));
    }
  }

  @Test
  void failedRehearsal_leavesNoArchive_andIsNotRepeatedAtOnce() {
    Path pointer = classes().resolve("1");

    assertThatThrownBy(
            () -> new ArchiveMaker(pointer, Map.of("lake.aot", List.of("logs", "nothing"))).make())
        .hasMessageContaining("the rehearsal ended with code 2");
    assertThat(pointer).doesNotExist();
    assertThat(new ClassArchive(pointer).isWorthMaking()).isFalse();
  }
}
