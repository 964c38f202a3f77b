package io.weir.scoring.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A folder of models, and the file in it that names the version to use.
 *
 * @param alias the name of that file
 */
public record ModelSlot(ModelKind kind, Path folder, String alias) {
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  static final String CHAMPION = "champion";
  static final String CHALLENGER = "challenger";

  /** The files that may name a version: those versions stay. */
  static final List<String> ALIASES = List.of(CHAMPION, CHALLENGER);

  /** The model that serves. */
  public static ModelSlot champion(ModelKind kind, Path folder) {
    return new ModelSlot(kind, folder, CHAMPION);
  }

  /** The model that scores beside the champion, if there is one. */
  public static ModelSlot challenger(ModelKind kind, Path folder) {
    return new ModelSlot(kind, folder, CHALLENGER);
  }

  /** Whether a text can be the name of a version: it leads to no other folder. */
  public static boolean isVersion(String name) {
    return VERSION.matcher(name).matches();
  }

  boolean isChallenger() {
    return alias.equals(CHALLENGER);
  }

  /** Whether the service is as it should be without this model. */
  boolean isOptional() {
    return isChallenger() || kind != ModelKind.CONVERSION;
  }
}
