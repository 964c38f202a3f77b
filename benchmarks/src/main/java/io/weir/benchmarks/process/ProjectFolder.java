package io.weir.benchmarks.process;

import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Checkout;
import io.weir.local.platform.Home;
import io.weir.local.platform.Ports;
import io.weir.local.process.FileTree;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The project folder whose built modules a benchmark starts, as the project's launcher does. */
public final class ProjectFolder {
  /** Partitions of every topic of a benchmark. */
  public static final int PARTITIONS = 4;

  private ProjectFolder() {}

  /** The project folder with its modules. */
  public static Checkout checkout() {
    return new Checkout(Path.of(System.getProperty("weir.root", ".")));
  }

  /**
   * The processes of the project on free ports.
   *
   * @param settings environment variables besides the launcher's, or in their place
   */
  public static Catalogue catalogue(Home home, Map<String, String> settings) {
    return catalogue(checkout(), home, settings);
  }

  /** The processes of another checkout on free ports. */
  static Catalogue catalogue(Checkout checkout, Home home, Map<String, String> settings) {
    return new Catalogue(checkout, home, Ports.free(), PARTITIONS, settings);
  }

  /** Deletes a folder of a benchmark with all in it. */
  public static void delete(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw new StartupException(folder + " cannot be deleted: " + e, e);
    }
  }

  /** Makes a folder of a benchmark anew, without what an earlier run left in it. */
  public static Path emptied(Path folder) {
    delete(folder);
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StartupException(folder + " cannot be made: " + e, e);
    }
  }
}
