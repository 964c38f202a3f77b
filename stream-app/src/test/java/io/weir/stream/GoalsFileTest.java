package io.weir.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.process.Settings;
import io.weir.process.StartupException;
import io.weir.stream.session.goal.Goals;
import io.weir.testkit.TestEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalsFileTest {
  @TempDir private Path folder;

  private static Goals parse(String json) throws IOException {
    return GoalsFile.parse(json.replace('\'', '"').getBytes(UTF_8));
  }

  private static EnrichedEvent event(String type) {
    return TestEvents.accepted("e", type);
  }

  private Goals from(String json) throws IOException {
    Path file = folder.resolve("goals.json");
    Files.writeString(file, json.replace('\'', '"'));
    return GoalsFile.from(Settings.of(Map.of("WEIR_STREAM_GOALS_FILE", file.toString())));
  }

  @Test
  void withoutAFile_noEventIsLookedAt() {
    assertThat(GoalsFile.from(Settings.of(Map.of()))).isSameAs(Goals.NONE);
    assertThat(Goals.NONE.hasOf("page_view")).isFalse();
  }

  @Test
  void allConditions_mustHold() throws IOException {
    Goals goals =
        parse(
            "{'goals': [{'name': 'big', 'event': 'purchase', 'page': '/thanks', 'product': 'p1',"
                + " 'category': 'shoes', 'properties': {'plan': 'pro'}, 'min_value': 49.90,"
                + " 'currency': 'EUR'}]}");
    EnrichedEvent event = event("purchase");
    event.setCurrency("EUR");
    event.setProperties(Map.of("plan", "pro", "other", "x"));
    event.setProducts(List.of(product("p2", "shoes"), product("p1", "shoes")));

    assertThat(goals.fulfilledBy(event, "shop.example/thanks", 499_000)).containsExactly("big");
    assertThat(goals.fulfilledBy(event, "shop.example/thanks", 498_999)).isEmpty();
    assertThat(goals.fulfilledBy(event, "shop.example/", 499_000)).isEmpty();
    assertThat(goals.fulfilledBy(event, null, 499_000)).isEmpty();
    event.setProducts(List.of(product("p2", "shoes"), product("p1", "hats")));
    assertThat(goals.fulfilledBy(event, "shop.example/thanks", 499_000)).isEmpty();
    event.setProducts(List.of(product("p1", "shoes")));
    event.setProperties(Map.of("plan", "free"));
    assertThat(goals.fulfilledBy(event, "shop.example/thanks", 499_000)).isEmpty();
    event.setProperties(Map.of("plan", "pro"));
    event.setCurrency(null);
    assertThat(goals.fulfilledBy(event, "shop.example/thanks", 499_000)).isEmpty();
    event.setCurrency("EUR");
    assertThat(goals.fulfilledBy(event, "shop.example/thanks", 499_000)).containsExactly("big");
    event.setEventType("refund");
    assertThat(goals.fulfilledBy(event, "shop.example/thanks", 499_000)).isEmpty();
  }

  private static Product product(String id, String category) {
    var product = new Product();
    product.setProductId(id);
    product.setCategory(category);
    return product;
  }

  @Test
  void oneEvent_mayFulfilSeveralGoals() throws IOException {
    Goals goals =
        from(
            "{'goals': [{'name': 'a', 'event': 'sign_up'}, {'name': 'b', 'event': 'page_view'},"
                + " {'name': 'c', 'event': 'sign_up'}]}");

    assertThat(goals.hasOf("sign_up")).isTrue();
    assertThat(goals.hasOf("purchase")).isFalse();
    assertThat(goals.fulfilledBy(event("sign_up"), null, 0)).containsExactly("a", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | it is not of the form",
        "[] | it is not of the form",
        "{'goals': [], 'more': 1} | it is not of the form",
        "{'goals': []} {} | it is not of the form",
        "{'goals': [1]} | goal 1 is no object",
        "{'goals': [{'event': 'x'}]} | goal 1: name is missing",
        "{'goals': [{'name': 'a', 'event': null}]} | goal 1 'a': event is no text",
        "{'goals': [{'name': 'A', 'event': 'x'}]} | goal 1 'A': name is 'A'; it has the characters",
        "{'goals': [{'name': 'a', 'event': '1x'}]} | and begins with a letter",
        "{'goals': [{'name': 'a', 'event': 'x', 'pge': '/'}]} | goal 1 'a': pge is none of",
        "{'goals': [{'name': 'a', 'event': 'x', 'page': ''}]} | goal 1 'a': page has 1 to 256",
        "{'goals': [{'name': 'a', 'event': 'x', 'min_value': -1}]} | min_value is less than 0",
        "{'goals': [{'name': 'a', 'event': 'x', 'min_value': '1'}]} | min_value is no number",
        "{'goals': [{'name': 'a', 'event': 'x', 'min_value': 1e999999999}]} | min_value",
        "{'goals': [{'name': 'a', 'event': 'x', 'min_value': 0.00001}]} | more than 4 decimals",
        "{'goals': [{'name': 'a', 'event': 'x', 'properties': {'p': 1}}]} | p is no text",
        "{'goals': [{'name': 'a', 'event': 'x'}, {'name': 'a', 'event': 'y'}]} | 'a' is there twice",
        "{'goals': [{'name': 'a', 'name': 'b'}]} | is no JSON: Duplicate",
        "{'goals': | is no JSON",
      })
  void wrongFile_isNamedWithSettingAndGoal(String json, String message) {
    assertThatThrownBy(() -> from(json))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("WEIR_STREAM_GOALS_FILE=" + folder.resolve("goals.json"))
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void demo_isTheGoalsOfTheSimulatedShop() {
    Goals goals = GoalsFile.from(Settings.of(Map.of("WEIR_STREAM_GOALS_FILE", "demo")));

    assertThat(goals.fulfilledBy(event("page_view"), "shop.example/guide/7", 0))
        .containsExactly("guide_read");
    assertThat(goals.fulfilledBy(event("page_view"), "shop.example/", 0)).isEmpty();
    assertThat(goals.fulfilledBy(event("checkout"), "shop.example/checkout", 0))
        .containsExactly("checkout_started");
    assertThat(goals.fulfilledBy(event("purchase"), "shop.example/order/thanks", 2_000_000))
        .containsExactly("large_order");
  }

  @Test
  void tooManyGoals_areRefused() {
    String goals =
        IntStream.range(0, 51)
            .mapToObj(i -> "{'name': 'g" + i + "', 'event': 'x'}")
            .collect(Collectors.joining(","));

    assertThatThrownBy(() -> from("{'goals': [" + goals + "]}"))
        .hasMessageContaining("there are 51 goals; at most 50");
  }

  @Test
  void nameOfMoreThan64Bytes_isRefused() {
    assertThatThrownBy(() -> from("{'goals': [{'name': '" + "a".repeat(65) + "', 'event': 'x'}]}"))
        .hasMessageContaining("at most 64");
  }

  @Test
  void missingFile_isNamed() {
    var settings = Settings.of(Map.of("WEIR_STREAM_GOALS_FILE", "/nowhere/goals.json"));

    assertThatThrownBy(() -> GoalsFile.from(settings))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("WEIR_STREAM_GOALS_FILE=/nowhere/goals.json cannot be read");
  }
}
