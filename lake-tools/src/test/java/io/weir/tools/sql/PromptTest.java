package io.weir.tools.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTest {
  private static final String CONTROL_D = "\u0004";

  @TempDir private Path folder;

  /** The text on the terminal after these texts were typed. */
  private String type(String... texts) throws IOException, SQLException {
    var shown = new ByteArrayOutputStream();
    var typed = new ByteArrayInputStream(String.join("", texts).getBytes(UTF_8));
    var terminal = new DumbTerminal("test", "dumb", typed, shown, UTF_8);
    try (var catalog = catalog();
        var session = LakeSql.open(catalog);
        var prompt = Prompt.open(session, folder.resolve("history"), terminal)) {
      prompt.run(RowFormat.TABLE);
    }
    return shown.toString(UTF_8);
  }

  private static InMemoryCatalog catalog() {
    var catalog = new InMemoryCatalog();
    catalog.initialize("test", Map.of());
    catalog.createNamespace(Namespace.of("silver"));
    catalog.createTable(
        TableIdentifier.of("silver", "sessions"),
        new Schema(Types.NestedField.required(1, "session_key", Types.StringType.get())));
    return catalog;
  }

  @Test
  void statementOverTwoLines_runsAtItsSemicolon() throws IOException, SQLException {
    assertThat(type("SELECT 40 +\n", "2 AS answer;\n", ".exit\n"))
        .contains("answer", "42", "(1 row)");
  }

  @Test
  void error_isShown_andThePromptGoesOn() throws IOException, SQLException {
    assertThat(type("SELECT * FROM silver.sesions;\n", "SELECT 7 AS next;\n", ".exit\n"))
        .contains("Did you mean \"sessions\"?", "next")
        .doesNotContain("LINE 1");
  }

  @Test
  void tablesAndSchema_listWhatThereIs() throws IOException, SQLException {
    assertThat(type(".tables\n", ".schema silver.sessions\n", ".nonsense\n", ".help\n", ".exit\n"))
        .contains(
            "silver.sessions", "session_key", "VARCHAR", "unknown command .nonsense", "Ctrl-D");
  }

  @Test
  void controlD_endsThePrompt() throws IOException, SQLException {
    assertThat(type("SELECT 1 AS last;\n", CONTROL_D)).contains("(1 row)");
  }

  @Test
  void history_keepsWhatWasTyped() throws IOException, SQLException {
    type("SELECT 1 AS kept;\n", ".exit\n");

    assertThat(Files.readString(folder.resolve("history"))).contains("SELECT 1 AS kept;");
  }
}
