import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes the native libraries of other platforms out of the jars of an image: java OnePlatform.java amd64|arm64 FOLDER….
 * What stays is for Linux with glibc on that processor. A library is known by its first bytes, not by its name. Jars
 * without foreign libraries keep their bytes; the others are written with fixed times, in a fixed order.
 */
final class OnePlatform {
  private static final int ELF = 0x7F454C46;
  private static final int AR = 0x213C6172;
  private static final List<Integer> MACH_O =
      List.of(0xCEFAEDFE, 0xCFFAEDFE, 0xFEEDFACE, 0xFEEDFACF, 0xCAFEBABE);
  private static final List<Integer> LINUX_ABIS = List.of(0, 3);
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;

  /** Names of native libraries; DuckDB's end with the platform. Classes start like a library of macOS does. */
  private static final Pattern LIBRARY =
      Pattern.compile(
          ".*\\.(so|so_[a-z0-9_]+|dll|dylib|jnilib|a|lib|exe)(\\.[0-9.]+)?", Pattern.CASE_INSENSITIVE);

  /** Systems whose libraries have the bytes of Linux's, and the debug files of macOS. */
  private static final Pattern ANOTHER_SYSTEM =
      Pattern.compile(".*(musl|android|sunos|solaris|bsd|\\.dsym/).*");

  private static final byte[] MUSL = "libc.musl-".getBytes(StandardCharsets.US_ASCII);

  private final int machine;

  private OnePlatform(int machine) {
    this.machine = machine;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      fail("OnePlatform.java amd64|arm64 FOLDER…");
    }
    var platform =
        new OnePlatform(
            switch (arguments[0]) {
              case "amd64", "x86_64" -> X86_64;
              case "arm64", "aarch64" -> AARCH64;
              default -> fail("OnePlatform: " + arguments[0] + " is neither amd64 nor arm64");
            });
    for (String folder : List.of(arguments).subList(1, arguments.length)) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
          platform.strip(jar);
        }
      }
    }
  }

  private static int fail(String text) {
    System.err.println(text);
    System.exit(2);
    return 0;
  }

  private void strip(Path jar) throws IOException {
    Path stripped = jar.resolveSibling(jar.getFileName() + ".new");
    try (var zip = new ZipFile(jar.toFile())) {
      List<ZipEntry> kept = new ArrayList<>();
      int libraries = 0;
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Kind kind = kind(zip, entry);
        libraries += kind == Kind.OURS ? 1 : 0;
        if (kind != Kind.FOREIGN) {
          kept.add(entry);
        }
      }
      if (kept.size() == zip.size()) {
        return;
      }
      if (libraries == 0) {
        fail("OnePlatform: " + jar + " has native libraries, and none for this platform");
      }
      write(zip, kept, stripped);
    }
    long before = Files.size(jar);
    Files.move(stripped, jar, StandardCopyOption.REPLACE_EXISTING);
    System.out.printf(
        Locale.ROOT, "%s: %.1f MB, was %.1f%n", jar.getFileName(), Files.size(jar) / 1e6, before / 1e6);
  }

  private enum Kind {
    OTHER,
    OURS,
    FOREIGN
  }

  private Kind kind(ZipFile zip, ZipEntry entry) throws IOException {
    String name = entry.getName().toLowerCase(Locale.ROOT);
    if (entry.isDirectory() || !LIBRARY.matcher(name).matches()) {
      return name.contains(".dsym/") && !entry.isDirectory() ? Kind.FOREIGN : Kind.OTHER;
    }
    byte[] content;
    try (var input = zip.getInputStream(entry)) {
      content = input.readAllBytes();
    }
    if (content.length < 20) {
      return Kind.OTHER;
    }
    int magic = ByteBuffer.wrap(content).getInt();
    boolean portable = magic >>> 16 == 0x4D5A;
    boolean aix = magic >>> 16 == 0x01F7 || magic >>> 16 == 0x01DF;
    if (portable || aix || magic == AR || MACH_O.contains(magic)) {
      return Kind.FOREIGN;
    }
    if (magic != ELF) {
      return Kind.OTHER;
    }
    return isOurs(name, content) ? Kind.OURS : Kind.FOREIGN;
  }

  private boolean isOurs(String name, byte[] elf) {
    boolean little = elf[5] == 1;
    int processor =
        ByteBuffer.wrap(elf).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).getShort(18);
    return processor == machine
        && LINUX_ABIS.contains((int) elf[7])
        && !ANOTHER_SYSTEM.matcher(name).matches()
        && !contains(elf, MUSL);
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int at = 0; at <= bytes.length - part.length; at++) {
      int same = 0;
      while (same < part.length && bytes[at + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }

  /** The manifest first, as jars have it, then by name. */
  private static void write(ZipFile zip, List<ZipEntry> entries, Path file) throws IOException {
    List<ZipEntry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparing((ZipEntry entry) -> !entry.getName().equals("META-INF/"))
            .thenComparing(entry -> !entry.getName().equals("META-INF/MANIFEST.MF"))
            .thenComparing(ZipEntry::getName));
    try (OutputStream output = Files.newOutputStream(file);
        var jar = new ZipOutputStream(output)) {
      jar.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry : sorted) {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
        jar.putNextEntry(copy);
        try (var input = zip.getInputStream(entry)) {
          input.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
  }
}
