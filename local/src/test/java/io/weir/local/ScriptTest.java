package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code ./weir} and its files. */
class ScriptTest {
  /** Says that it has begun, waits, and then leaves what a build of local leaves. */
  private static final String SLOW_MAVEN =
      """
      echo >begun
      read line <go
      jvm=process/target/classes/io/weir/process
      mkdir -p local/target $jvm
      touch local/target/classpath $jvm/jvm.args
      """;

  @TempDir private Path cache = Path.of("");

  private static Process weir(Path cache, String command) throws IOException {
    var builder = new ProcessBuilder("bash", Path.of("..", "weir").toString(), command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WEIR_CACHE_DIR", cache.toString());
    builder.environment().put("TMPDIR", "/dev/null/nowhere");
    return builder.redirectErrorStream(true).start();
  }

  private static String allOf(Process process) throws IOException {
    try (BufferedReader output = process.inputReader()) {
      return String.join("\n", output.readAllLines());
    }
  }

  private static long pidOfTheDead() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  @Test
  void temporaryFolders_ofDeadProcessesAndItsOwn_areDeleted()
      throws IOException, InterruptedException {
    Path temporary = cache.resolve("tmp");
    Path dead = Files.createDirectories(temporary.resolve(Long.toString(pidOfTheDead())));
    Files.createFile(dead.resolve("librocksdb.so"));
    Path alive = temporary.resolve(Long.toString(ProcessHandle.current().pid()));
    Files.createDirectories(alive);

    Process weir = weir(cache, "help");

    assertThat(allOf(weir)).contains("demo");
    assertThat(weir.waitFor()).isZero();
    assertThat(temporary.toFile().list()).containsExactly(alive.getFileName().toString());
  }

  @Test
  void cacheThatCannotBeWritten_isOneLineWithTheSetting() throws IOException, InterruptedException {
    Path file = Files.createFile(cache.resolve("file"));

    Process weir = weir(file, "help");

    assertThat(allOf(weir)).contains(file.toString(), "WEIR_CACHE_DIR").doesNotContain("\n");
    assertThat(weir.waitFor()).isEqualTo(2);
  }

  @Test
  void wholeBuild_isNoted_aPartOrAFailureIsNot() throws IOException, InterruptedException {
    Path stamp = cache.resolve("target").resolve("build.stamp");
    checkout("exit 1");
    assertThat(built("verify")).isEqualTo(1);
    assertThat(stamp).doesNotExist();

    checkout("exit 0");
    assertThat(built("test", "-pl", "local")).isZero();
    assertThat(stamp).doesNotExist();

    assertThat(built("test", "-Pbench", "-Dtest=ScriptTest", "-DskipChecks")).isZero();
    assertThat(stamp).exists();
    assertThat(cache.resolve("target")).isDirectoryNotContaining("glob:**begun*");
  }

  /** Maven ends well with all of them, and may have compiled nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "--version",
        "-v",
        "--fail-never",
        "-fn",
        "-r",
        "-rf=local",
        "-Dmaven.main.skip",
        "-Dmaven.main.skip=true",
        "-Dmaven.compiler.useIncrementalCompilation=false",
        "clean"
      })
  void argumentThatMayLeaveSomethingOut_isNotNoted(String argument)
      throws IOException, InterruptedException {
    checkout("exit 0");

    assertThat(built("test", argument)).isZero();
    assertThat(built("verify", "-DskipUnitTests=true", argument)).isZero();

    assertThat(cache.resolve("target").resolve("build.stamp")).doesNotExist();
  }

  /** The first start builds; the second one waits, and then has nothing to build. */
  @Test
  void startBesideABuild_waitsForIt_andUsesIt() throws IOException, InterruptedException {
    assumeTrue(hasFlock(), "skipped: without flock nobody waits");
    checkout(SLOW_MAVEN);
    program(Files.createDirectories(cache.resolve("docker").resolve("test")).resolve("run"), "");
    pipe("begun");
    pipe("go");
    Process first = start("build", "--quick");
    Files.readAllBytes(cache.resolve("begun"));

    Process second = start("compose-test");
    try (var go = new RandomAccessFile(cache.resolve("go").toFile(), "rw")) {
      BufferedReader output = second.inputReader();
      assertThat(output.readLine()).contains("another ./weir builds", "waiting for it");
      go.writeBytes("\n");

      assertThat(output.readLine()).isNull();
      assertThat(second.waitFor()).isZero();
      assertThat(allOf(first)).contains("built in ");
      assertThat(first.waitFor()).isZero();
    } finally {
      first.destroy();
      second.destroy();
    }
  }

  /** As on a machine without flock: the lock is always free. */
  @Test
  void twoBuildsAtOnce_bothEndWell() throws IOException, InterruptedException {
    checkout(SLOW_MAVEN);
    program(cache.resolve("flock"), "");
    pipe("begun");
    pipe("go");
    Process first = start("build", "--quick");
    Files.readAllBytes(cache.resolve("begun"));
    Process second = start("build", "--quick");
    Files.readAllBytes(cache.resolve("begun"));
    try (var go = new RandomAccessFile(cache.resolve("go").toFile(), "rw")) {
      go.writeBytes("\n\n");

      assertThat(allOf(first)).contains("built in ");
      assertThat(first.waitFor()).isZero();
      assertThat(allOf(second)).contains("built in ");
      assertThat(second.waitFor()).isZero();
      assertThat(cache.resolve("target").resolve("build.stamp")).exists();
      assertThat(cache.resolve("target")).isDirectoryNotContaining("glob:**begun*");
    } finally {
      first.destroy();
      second.destroy();
    }
  }

  private static boolean hasFlock() throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v flock").start().waitFor() == 0;
  }

  private void pipe(String name) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("mkfifo", cache.resolve(name).toString()).start();
    assertThat(process.waitFor()).isZero();
  }

  /** Copies the script to an empty checkout, whose Maven does this. */
  private void checkout(String maven) throws IOException {
    Path tools = Files.createDirectories(cache.resolve("build-config"));
    Path root = Path.of("..");
    Files.writeString(cache.resolve("weir"), Files.readString(root.resolve("weir")));
    Files.writeString(
        tools.resolve("toolchain.sh"),
        Files.readString(root.resolve("build-config").resolve("toolchain.sh")));
    program(tools.resolve("words"), "exit 0");
    program(cache.resolve("mvnw"), maven);
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private int built(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    System.out.println(allOf(process));
    return process.waitFor();
  }

  /** Programs in the checkout come before those of the machine. */
  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("bash", cache.resolve("weir").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_ARGS");
    builder.environment().put("PATH", cache + ":" + System.getenv("PATH"));
    return builder.start();
  }
}
