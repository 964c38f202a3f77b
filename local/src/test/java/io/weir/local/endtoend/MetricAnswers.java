package io.weir.local.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.local.truth.GoldTruth;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks stream-app for metrics, and reads the same numbers off the truth. */
final class MetricAnswers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final GoldTruth truth;

  MetricAnswers(String address, GoldTruth truth) {
    this.address = address;
    this.truth = truth;
  }

  /** A metric by day, and the column of a table of the truth that has it for all people. */
  record Question(String metric, String by, String table, String column) {
    static Question of(String metric, String by, String table, String column) {
      return new Question(metric, by, table, column);
    }
  }

  /** The values of the days, by day, value of the dimension and currency. */
  Map<String, String> expected(Question question) {
    GoldTruth.Table table = truth.table(question.table);
    var values = new TreeMap<String, String>();
    for (List<String> row : table.rows()) {
      boolean isAsked =
          table.at(row, "is_bot").equals("false") && table.at(row, "dimension").equals(question.by);
      if (isAsked) {
        String name = table.at(row, "day") + ' ' + table.at(row, "value") + ' ';
        String value = table.at(row, question.column);
        for (String one : value.split(",", -1)) {
          int end = one.indexOf('=');
          put(values, name + (end < 0 ? "" : one.substring(0, end)), one.substring(end + 1));
        }
      }
    }
    return values;
  }

  /** What counts nothing is in neither map. */
  private static void put(Map<String, String> values, String name, String value) {
    if (!value.isEmpty() && !value.equals("null")) {
      var number = new BigDecimal(value);
      if (number.signum() != 0) {
        values.put(name, number.stripTrailingZeros().toPlainString());
      }
    }
  }

  Map<String, String> found(Question question) throws IOException, InterruptedException {
    GoldTruth.Table table = truth.table(question.table);
    List<String> days =
        table.rows().stream().map(row -> table.at(row, "day")).distinct().sorted().toList();
    String by = question.by.isEmpty() ? "" : "&top=1000&by=" + question.by;
    JsonNode answer =
        ask(question.metric + "?grain=day&from=" + days.getFirst() + "&to=" + days.getLast() + by);
    var values = new TreeMap<String, String>();
    for (JsonNode row : answer.path("rows")) {
      String name =
          row.path("start").asText().substring(0, 10)
              + ' '
              + row.path("group").asText("")
              + ' '
              + row.path("currency").asText("");
      put(values, name, row.path("value").asText());
    }
    return values;
  }

  private JsonNode ask(String question) throws IOException, InterruptedException {
    URI uri = URI.create(address + "/v1/metrics/" + question);
    var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(uri + ": " + answer.body());
    }
    JsonNode json = JSON.readTree(answer.body());
    if (!json.path("complete").asBoolean()) {
      throw new IOException(uri + " is not complete: " + json.path("missing"));
    }
    return json;
  }

  /** All questions with another answer than the truth's. */
  List<String> differences(List<Question> questions) {
    return questions.stream()
        .map(this::difference)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toList());
  }

  private String difference(Question question) {
    try {
      Map<String, String> expected = expected(question);
      Map<String, String> found = found(question);
      boolean isSame = expected.equals(found) && !expected.isEmpty();
      return isSame ? "" : question + ": expected " + expected + ", found " + found;
    } catch (IOException e) {
      return question + ": " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return question + " was interrupted";
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
