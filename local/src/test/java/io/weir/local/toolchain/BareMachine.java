package io.weir.local.toolchain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A machine with bash and the core tools alone, as scripts see it: its PATH is one folder, its JDKs
 * lie in another, and its package managers are small scripts that record their calls.
 */
final class BareMachine {
  private static final List<String> CORE_TOOLS =
      List.of(
          "awk",
          "bash",
          "cat",
          "dirname",
          "find",
          "grep",
          "head",
          "ls",
          "mkdir",
          "readlink",
          "sed",
          "sort",
          "touch",
          "uname",
          "mv",
          "rm",
          "chmod");
  private final Path folder;

  BareMachine(Path folder) {
    this.folder = folder;
    create(programs());
    create(jdks());
    create(home());
    CORE_TOOLS.forEach(this::provide);
    program("id", "echo 0");
  }

  /** The output of a command, standard error included, and its exit code. */
  record Outcome(int code, String output) {}

  Path programs() {
    return folder.resolve("bin");
  }

  Path jdks() {
    return folder.resolve("jvm");
  }

  Path home() {
    return folder.resolve("home");
  }

  /** The calls of the fake programs, one line each. */
  List<String> calls() {
    Path calls = folder.resolve("calls");
    try {
      return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a program on the PATH that records its call and then runs {@code script}. */
  BareMachine program(String name, String script) {
    String note = "echo \"" + name + " $*\" >> " + folder.resolve("calls") + "\n";
    write(programs().resolve(name), "#!/bin/bash\n" + note + script + "\n");
    return this;
  }

  /** Adds a JDK, as scripts see it. */
  Path jdk(String version) {
    Path jdk = jdks().resolve("jdk-" + version);
    create(jdk.resolve("bin"));
    write(jdk.resolve("bin/java"), "#!/bin/bash\necho \"java of $0\"\n");
    write(jdk.resolve("bin/javac"), "#!/bin/bash\n");
    write(jdk.resolve("release"), "IMPLEMENTOR=\"None\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  /** The lines of a script that puts a JDK and a Maven where the machine has its own. */
  String installation(String version) {
    Path jdk = jdks().resolve("jdk-" + version);
    Path maven = programs().resolve("mvn");
    return String.join(
        "\n",
        "mkdir -p " + jdk + "/bin",
        "for p in java javac; do echo '#!/bin/bash' > " + jdk + "/bin/$p; done",
        "echo 'JAVA_VERSION=\"" + version + "\"' > " + jdk + "/release",
        "chmod +x " + jdk + "/bin/java " + jdk + "/bin/javac",
        "echo '#!/bin/bash' > " + maven,
        "echo 'if [ \"$1\" = --version ]; then echo Apache Maven 3.9.9;' >> " + maven,
        "echo 'else echo \"maven $* with $JAVA_HOME\"; fi' >> " + maven,
        "chmod +x " + maven);
  }

  Outcome run(Map<String, String> settings, String... command) {
    var arguments = new ArrayList<>(List.of("/bin/bash"));
    arguments.addAll(List.of(command));
    var builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", programs().toString());
    builder.environment().put("HOME", home().toString());
    builder.environment().put("WEIR_JDK_FOLDERS", jdks() + "/*");
    builder.environment().put("WEIR_APT_LISTS", folder.resolve("lists").toString());
    builder.environment().putAll(settings);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Marks apt's lists of packages as fetched. */
  BareMachine withAptLists() {
    create(folder.resolve("lists"));
    write(folder.resolve("lists/debian_Packages"), "");
    return this;
  }

  private void provide(String tool) {
    for (String place : List.of("/usr/bin", "/bin")) {
      Path program = Path.of(place, tool);
      if (Files.exists(program)) {
        write(programs().resolve(tool), "#!/bin/bash\nexec " + program + " \"$@\"\n");
        return;
      }
    }
    throw new IllegalStateException("this machine has no " + tool);
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
