package io.weir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority that signs certificates for services under test. */
public final class TestAuthority {
  private final Path folder;
  private final Path store;

  private TestAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("authority.p12");
  }

  /**
   * A key with its certificate, as PEM files.
   *
   * @param certificate with that of the authority behind it
   * @param key PKCS #8
   */
  public record Pair(Path certificate, Path key) {}

  /**
   * Makes an authority whose files lie in the folder.
   *
   * @param options of keytool, such as {@code -validity=90}
   */
  public static TestAuthority in(Path folder, String... options) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var authority = new TestAuthority(folder);
    var all = new ArrayList<>(List.of("-dname=CN=authority", "-ext=bc:c=ca:true,pathlen:0"));
    all.addAll(List.of(options));
    Keytool.genkeypair(authority.store, "authority", all.toArray(String[]::new));
    return authority;
  }

  /** The authority's own certificate. */
  public Path trustFile() {
    return written("authority.pem", Keytool.certificates(store, "authority"));
  }

  /**
   * Makes a key for 127.0.0.1 and localhost.
   *
   * @param name of its files
   * @param options of keytool, such as {@code -keyalg=RSA}
   */
  public Pair issue(String name, String... options) {
    return issueFor("ip:127.0.0.1,dns:localhost", name, options);
  }

  /**
   * Makes a key for other hosts.
   *
   * @param hosts such as {@code dns:weir.example.com}
   */
  public Pair issueFor(String hosts, String name, String... options) {
    var all = new String[options.length + 3];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = "-dname=CN=" + name;
    all[options.length + 1] = "-ext=SAN=" + hosts;
    all[options.length + 2] = "-signer=authority";
    Keytool.genkeypair(store, name, all);
    return new Pair(
        written(name + ".crt", Keytool.certificates(store, name)),
        written(name + ".key", Keytool.pem("PRIVATE KEY", Keytool.key(store, name).getEncoded())));
  }

  private Path written(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
