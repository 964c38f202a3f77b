package io.weir.local.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** An archive like PostgreSQL's, with a program, a library, a link and a text. */
final class SmallArchive {
  private static final byte[] BYTES = make();

  private SmallArchive() {}

  static InputStream open() {
    return new ByteArrayInputStream(BYTES);
  }

  static InputStream cut(int length) {
    return new ByteArrayInputStream(BYTES, 0, length);
  }

  static int length() {
    return BYTES.length;
  }

  private static byte[] make() {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
      tar.putArchiveEntry(new TarArchiveEntry("share/"));
      tar.closeArchiveEntry();
      file(tar, "share/text", "text", 0644);
      file(tar, "lib/libicu.so.60", "library", 0644);
      var link = new TarArchiveEntry("lib/libicu.so", TarConstants.LF_SYMLINK);
      link.setLinkName("libicu.so.60");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      file(tar, "bin/postgres", "program", 0755);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void file(TarArchiveOutputStream tar, String name, String text, int mode)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(mode);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
