package io.weir.local.platform;

import io.weir.local.process.FileTree;
import io.weir.local.process.LogFile;
import io.weir.local.process.PidFile;
import io.weir.process.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The working folder of one platform: data, logs, pid files, model. */
public record Home(Path folder) {

  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  public Path data() {
    return folder.resolve("data");
  }

  public Path kafka() {
    return data().resolve("kafka");
  }

  public Path postgres() {
    return data().resolve("postgres");
  }

  public Path state() {
    return data().resolve("state");
  }

  public Path warehouse() {
    return data().resolve("warehouse");
  }

  public Path model() {
    return folder.resolve("model");
  }

  /** The folder in which training keeps its simulated events and sessions. */
  public Path training() {
    return folder.resolve("training");
  }

  /** The folder for the model of a table, named like the table. */
  public Path trainedOn(Path table) {
    String name =
        String.valueOf(table.getFileName()).replaceFirst("(\\.(csv|tsv|txt))?(\\.gz)?$", "");
    return folder.resolve("trained").resolve(name.isEmpty() ? "table" : name);
  }

  public LogFile log(String service) {
    return new LogFile(folder.resolve("logs").resolve(service + ".log"));
  }

  public PidFile pidFile(String service) {
    return new PidFile(folder.resolve("run").resolve(service + ".pid"));
  }

  /** The names of the processes that have a pid file, in the order of the alphabet. */
  List<String> pidFiles() {
    String end = ".pid";
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(end))
          .map(name -> name.substring(0, name.length() - end.length()))
          .sorted()
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path runFile() {
    return folder.resolve("run").resolve("run.json");
  }

  Path lockFile() {
    return folder.resolve("run").resolve("lock");
  }

  public void create() {
    try {
      for (String name : List.of("data", "logs", "run")) {
        Files.createDirectories(folder.resolve(name));
      }
    } catch (IOException e) {
      throw new StartupException(
          "the working folder " + folder + " cannot be written; choose another with --dir", e);
    }
  }

  /** Deletes the data of the services; logs, model and everything else stay. */
  public void deleteData() {
    delete(data());
  }

  /** Deletes the whole folder. */
  public void deleteAll() {
    delete(folder);
  }

  private static void delete(Path root) {
    try {
      FileTree.delete(root);
    } catch (IOException e) {
      throw new StartupException(root + " cannot be deleted: " + e.getMessage(), e);
    }
  }

  /** A new working folder inside this one. */
  public Home another(String prefix) {
    try {
      return new Home(Files.createTempDirectory(Files.createDirectories(folder), prefix));
    } catch (IOException e) {
      throw new StartupException(
          "the working folder " + folder + " cannot be written; choose another with --dir", e);
    }
  }
}
