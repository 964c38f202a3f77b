package io.weir.tools.alert;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.weir.process.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of rules: JSON of the form {@code {"alerts": [{"name": …, "metric": …, …}]}}. Whatever
 * is wrong with it is one line that names file, line, rule and field.
 */
final class RuleFile {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String FORM = "it is not of the form {\"alerts\": [{…}, …]}";

  private RuleFile() {}

  static List<AlertRule> read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new StartupException("the file of alerts " + file + " cannot be read: " + e, e);
    }
  }

  static List<AlertRule> parse(String where, String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return rules(parser);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new StartupException(
          where + " is no JSON: " + e.getOriginalMessage() + " in line " + line, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(where + ": " + e.getMessage(), e);
    }
  }

  private static List<AlertRule> rules(JsonParser parser) throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT);
    require("alerts".equals(parser.nextFieldName()));
    require(parser.nextToken() == JsonToken.START_ARRAY);
    var rules = new ArrayList<AlertRule>();
    var names = new HashSet<String>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.START_OBJECT);
      RuleFields fields = fields(parser);
      AlertRule rule = fields.rule();
      if (!names.add(rule.name())) {
        throw fields.wrong("name", "is that of another rule; choose another");
      }
      rules.add(rule);
    }
    require(parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
    return rules;
  }

  private static RuleFields fields(JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      lines.put(name, parser.currentTokenLocation().getLineNr());
      if (!parser.nextToken().isScalarValue()) {
        throw new IllegalArgumentException(
            "line %d: %s is neither a text nor a number".formatted(lines.get(name), name));
      }
      values.put(name, parser.getText());
    }
    return new RuleFields(line, values, lines);
  }

  private static void require(boolean isOfTheForm) {
    if (!isOfTheForm) {
      throw new IllegalArgumentException(FORM);
    }
  }
}
