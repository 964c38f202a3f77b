package io.weir.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReadingTest {
  @TempDir Path folder = Path.of("");

  @Test
  void quotesAndEmptyLines_areRead() throws IOException {
    TextColumns table = CsvReading.read(file("a,b\n1,\"x, \"\"y\"\"\nz\"\n\n2,\n"));

    assertThat(table.names()).containsExactly("a", "b");
    assertThat(table.column("a")).containsExactly("1", "2");
    assertThat(table.column("b")).containsExactly("x, \"y\"\nz", "");
  }

  @Test
  void byteOrderMarkSemicolonAndBlanks_areNoPartOfTheText() throws IOException {
    TextColumns table = CsvReading.read(file("\uFEFFa;b\n 1 ;x,y\n"));

    assertThat(table.column("a")).containsExactly("1");
    assertThat(table.column("b")).containsExactly("x,y");
  }

  @Test
  void packedFile_isUnpacked() throws IOException {
    Path packed = folder.resolve("t.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("a\tb\n1\t2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    assertThat(CsvReading.read(packed).column("b")).containsExactly("2");
  }

  @Test
  void rowOfAnotherWidth_isNamedByItsLine() throws IOException {
    Path torn = file("a,b\n1,2\n3\n");

    assertThatThrownBy(() -> CsvReading.read(torn))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("line 3: 1 values for 2 columns");
  }

  /** As pandas writes a table. */
  @Test
  void firstColumnWithoutAName_isTheIndex() throws IOException {
    assertThat(CsvReading.read(file(",a\n0,x\n1,y\n")).names())
        .containsExactly(CsvReading.INDEX, "a");
    Path second = file("a,\n1,2\n");
    assertThatThrownBy(() -> CsvReading.read(second)).hasMessageContaining("is empty");
  }

  @Test
  void headerWithOneNameTwice_isRefused() throws IOException {
    Path twice = file("a,a\n1,2\n");

    assertThatThrownBy(() -> CsvReading.read(twice)).hasMessageContaining("\"a\"");
  }

  @Test
  void fileWithoutRows_isRefused() throws IOException {
    Path empty = file("a,b\n");

    assertThatThrownBy(() -> CsvReading.read(empty)).hasMessageContaining("has no rows");
  }

  @Test
  void fileOfAMarkOnly_hasNoHeader() throws IOException {
    Path blank = file("\uFEFF\n");

    assertThatThrownBy(() -> CsvReading.read(blank)).hasMessageContaining("has no header line");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }
}
