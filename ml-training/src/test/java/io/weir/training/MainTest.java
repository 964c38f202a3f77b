package io.weir.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.process.terminal.Terminal;
import io.weir.scoring.model.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "io.weir.training.NativeXgboost#isThere", disabledReason = "no OpenMP")
class MainTest {
  @TempDir static Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void table_becomesAModelWithAReport() throws Exception {
    int code = train(shop(), "--label=bought", "--group=visitor", "--drop=order_id");

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("AUC 0.", "report.html");
    requireReport();
    requirePage();
    requireChecksums();
    requireGoldenRows();
  }

  private static void requireReport() throws IOException {
    JsonNode report = json("report.json");
    assertThat(report.at("/metrics/auc").doubleValue()).isBetween(0.75, 0.95);
    assertThat(report.at("/trained_at").textValue()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(report.at("/left_out").has("order_id")).isTrue();
    assertThat(report.at("/left_out").has("visitor")).isTrue();
    assertThat(report.at("/importance").fieldNames().next()).isEqualTo("price");
    assertThat(text("model_card.md")).contains("# Model of shop", "All rows of one `visitor`");
  }

  /** The page needs nothing from elsewhere, and names of columns are text in it. */
  private static void requirePage() throws IOException {
    String page = text("report.html");
    assertThat(page).contains("<svg", "a&lt;b&gt;").doesNotContain("a<b>", "<script", "NaN");
    assertThat(page).doesNotContain("http:", "https:", "src=");
  }

  private static void requireChecksums() throws Exception {
    List<String> lines = Files.readAllLines(folder.resolve("out/SHA256SUMS"));
    assertThat(lines).hasSizeGreaterThanOrEqualTo(7);
    for (String line : lines) {
      byte[] content = Files.readAllBytes(folder.resolve("out").resolve(line.substring(66)));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      assertThat(line.substring(0, 64)).isEqualTo(HexFormat.of().formatHex(digest));
    }
  }

  private static void requireGoldenRows() throws Exception {
    ModelFile model = ModelFile.parse(Files.readAllBytes(folder.resolve("out/model.json")));
    double slope = json("calibration.json").path("slope").doubleValue();
    double intercept = json("calibration.json").path("intercept").doubleValue();
    JsonNode rows = json("golden.json").path("rows");
    assertThat(rows).hasSize(50);
    assertThat(rows.toString()).contains("null"); // a missing value is among them
    for (JsonNode row : rows) {
      double raw = model.ensemble().score(vector(row));
      double margin = Math.log(raw / (1 - raw));
      assertThat(1 / (1 + Math.exp(-(slope * margin + intercept))))
          .isCloseTo(row.path("probability").doubleValue(), Offset.offset(1e-6));
    }
  }

  private static float[] vector(JsonNode row) {
    var vector = new float[row.path("features").size()];
    for (int at = 0; at < vector.length; at++) {
      JsonNode value = row.path("features").get(at);
      vector[at] = value.isNull() ? Float.NaN : value.floatValue();
    }
    return vector;
  }

  @Test
  void mistakes_areOneLine() throws Exception {
    assertThat(train(shop(), "--label=sold")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "there is no column \"sold\"; the columns are "
                + "visitor, order_id, price, a<b>, member, bought");
  }

  @Test
  void unknownColumnToDrop_isAMistake() throws Exception {
    assertThat(train(shop(), "--label=bought", "--drop=nothing")).isEqualTo(2);
  }

  private int train(Path table, String... options) {
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    var clock = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);
    var arguments = new java.util.ArrayList<>(List.of("table"));
    arguments.addAll(List.of(options));
    arguments.add("--threads=1");
    arguments.add("--csv=" + table);
    arguments.add("--out=" + folder.resolve("out"));
    return Main.commandLine(terminal, clock).execute(arguments.toArray(String[]::new));
  }

  /** Cheap things sell, to members even more; every twentieth price is missing. */
  private Path shop() throws IOException {
    var random = new Random(1);
    var text = new StringBuilder("visitor,order_id,price,a<b>,member,bought\n");
    for (int row = 0; row < 3_000; row++) {
      double price = Math.round(random.nextDouble() * 10_000) / 100.0;
      boolean isMember = random.nextInt(4) == 0;
      String colour = List.of("red", "blue", "green").get(random.nextInt(3));
      double margin = 2 - price / 15 + (isMember ? 1 : 0) + (colour.equals("red") ? 0.5 : 0);
      boolean bought = random.nextDouble() < 1 / (1 + Math.exp(-margin));
      text.append("v").append(row % 700).append(",order-").append(row).append(',');
      text.append(row % 20 == 0 ? "" : price).append(',').append(colour).append(',');
      text.append(isMember ? "yes" : "no").append(',').append(bought ? 1 : 0).append('\n');
    }
    return Files.writeString(folder.resolve("shop.csv"), text);
  }

  private static String text(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name));
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(text(name));
  }
}
