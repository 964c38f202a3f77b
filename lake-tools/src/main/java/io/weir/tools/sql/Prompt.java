package io.weir.tools.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A prompt for SQL: statements end with a semicolon, commands of the prompt begin with a point. */
final class Prompt implements AutoCloseable {
  private static final int DEFAULT_WIDTH = 80;
  private static final String HELP =
      """
      .tables          lists the tables
      .schema [TABLE]  lists the columns of one table, or of all
      .exit            ends the prompt, as Ctrl-D does
      A statement ends with a semicolon and may span lines. Ctrl-C drops the line or the query.
      """;

  private final LakeSql session;
  private final Terminal terminal;
  private final LineReader reader;

  private Prompt(LakeSql session, Terminal terminal, LineReader reader) {
    this.session = session;
    this.terminal = terminal;
    this.reader = reader;
  }

  static Prompt open(LakeSql session, @Nullable Path history) throws IOException {
    return open(session, history, TerminalBuilder.builder().dumb(true).build());
  }

  static Prompt open(LakeSql session, @Nullable Path history, Terminal terminal) {
    var words = new ArrayList<>(session.tables());
    words.addAll(List.of(".tables", ".schema", ".help", ".exit"));
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("weir")
            .terminal(terminal)
            .parser(new StatementParser())
            .completer(new StringsCompleter(words))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ...> ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    if (history != null) {
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    return new Prompt(session, terminal, builder.build());
  }

  /** Runs the prompt until {@code .exit} or the end of the input. */
  void run(RowFormat format) {
    PrintWriter out = terminal.writer();
    out.println("The lake, with DuckDB's SQL. .tables lists the tables, .help the rest.");
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, _ -> cancel());
    try {
      boolean isOpen = true;
      while (isOpen) {
        isOpen = answer(format);
        out.flush();
      }
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  private boolean answer(RowFormat format) {
    try {
      String line = reader.readLine("weir> ").strip();
      return line.startsWith(".") ? command(line) : runAll(line, format);
    } catch (UserInterruptException e) {
      return true;
    } catch (EndOfFileException e) {
      return false;
    }
  }

  private boolean command(String line) {
    PrintWriter out = terminal.writer();
    String name = line.lines().findFirst().orElse("").replaceFirst("[\\s;].*", "");
    String rest = line.substring(name.length()).replace(";", "").strip();
    switch (name) {
      case ".exit", ".quit" -> {
        return false;
      }
      case ".tables" -> session.tables().forEach(out::println);
      case ".schema" -> schema(rest.isEmpty() ? session.tables() : List.of(rest));
      case ".help" -> out.print(HELP);
      default -> out.println("unknown command " + name + "; .help lists the commands");
    }
    return true;
  }

  private void schema(List<String> tables) {
    for (String table : tables) {
      terminal.writer().println(table);
      run("SELECT column_name, column_type FROM (DESCRIBE " + quoted(table) + ")", RowFormat.TABLE);
    }
  }

  private static String quoted(String table) {
    int point = table.indexOf('.');
    return point < 0
        ? DuckType.quoted(table)
        : DuckType.quoted(table.substring(0, point))
            + "."
            + DuckType.quoted(table.substring(point + 1));
  }

  private boolean runAll(String text, RowFormat format) {
    Statements.of(text).all().forEach(statement -> run(statement, format));
    return true;
  }

  private void run(String statement, RowFormat format) {
    PrintWriter out = terminal.writer();
    int columns = terminal.getSize().getColumns();
    int width = columns > 0 ? columns : DEFAULT_WIDTH;
    try {
      session.run(statement, format.printer(out, width));
    } catch (SQLException e) {
      out.println(SqlError.line(e));
    }
    out.flush();
  }

  private void cancel() {
    try {
      session.cancel();
    } catch (SQLException e) {
      terminal.writer().println(SqlError.line(e));
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }

  /** Asks for another line until the statement ends with a semicolon. */
  private static final class StatementParser extends DefaultParser {
    StatementParser() {
      setEscapeChars(null);
      setQuoteChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
        throw new EOFError(-1, -1, "the statement has no semicolon yet");
      }
      return super.parse(line, cursor, context);
    }

    private static boolean isComplete(String line) {
      return line.isBlank() || line.strip().startsWith(".") || Statements.of(line).rest().isEmpty();
    }
  }
}
