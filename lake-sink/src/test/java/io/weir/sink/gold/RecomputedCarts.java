package io.weir.sink.gold;

import static io.weir.sink.gold.GoldRows.check;
import static io.weir.sink.gold.GoldRows.money;
import static io.weir.sink.gold.GoldRows.rate;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.CartProduct;
import io.weir.contract.avro.Session;
import io.weir.sink.Lake;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows that the views of abandoned carts must have.
 *
 * @param cartValues by day and outcome or product, then by currency
 * @param abandoned the pieces in each abandoned cart, by day and product
 * @param categories the first of the alphabet, by day and product
 */
record RecomputedCarts(
    History history,
    Lake lake,
    Map<String, TreeMap<String, Long>> cartValues,
    Map<String, List<Long>> abandoned,
    Map<String, String> categories) {
  private static final long CART = Duration.ofDays(1).toMillis();
  private static final long RECOVERY = 30 * CART;

  RecomputedCarts(History history, Lake lake) {
    this(history, lake, new HashMap<>(), new TreeMap<>(), new HashMap<>());
  }

  void carts() throws SQLException {
    var days = new TreeMap<LocalDate, List<String>>();
    for (List<Session> sessions : history.byVisitor().values()) {
      List<Session> cart = new ArrayList<>();
      for (Session each : sessions) {
        if (!cart.isEmpty()
            && (cart.getLast().getPurchases() > 0
                || each.getStartTime() >= cart.getLast().getEndTime() + CART)) {
          add(days, cart, sessions);
          cart.clear();
        }
        if (each.getAddToCarts() + each.getRemoveFromCarts() + each.getPurchases() > 0) {
          cart.add(each);
        }
      }
      add(days, cart, sessions);
    }
    var expected = new TreeSet<String>();
    days.forEach((day, outcomes) -> {
      int purchased = countOf(outcomes, "purchased");
      int recovered = countOf(outcomes, "recovered");
      int abandoned = countOf(outcomes, "abandoned");
      int open = countOf(outcomes, "open");
      int emptied = countOf(outcomes, "emptied");
      assertThat(purchased + recovered + abandoned + open + emptied).isEqualTo(outcomes.size());
      expected.add(
          List.of(
                  day,
                  outcomes.size(),
                  outcomes.stream()
                      .map(each -> each.substring(0, each.indexOf(' ')))
                      .distinct()
                      .count(),
                  purchased,
                  recovered,
                  abandoned,
                  open,
                  rate(recovered + abandoned, outcomes.size() - open - emptied),
                  rate(recovered, recovered + abandoned),
                  emptied,
                  amounts(day + "abandoned"),
                  amounts(day + "recovered"))
              .stream()
              .map(Object::toString)
              .reduce((one, other) -> one + "|" + other)
              .orElse(""));
    });

    check(
        lake,
        "cart_abandonment",
        "day, carts, visitors, purchased, recovered, abandoned, open, abandonment_rate,"
            + " recovery_rate, emptied, "
            + money("abandoned_value")
            + ", "
            + money("recovered_value"),
        expected);
    checkProducts();
  }

  private void add(Map<LocalDate, List<String>> days, List<Session> cart, List<Session> all) {
    if (cart.stream().noneMatch(each -> each.getAddToCarts() > 0)) {
      return;
    }
    Session last = cart.getLast();
    String outcome = "abandoned";
    if (last.getPurchases() > 0) {
      outcome = "purchased";
    } else if (cart.stream().mapToInt(Session::getRemoveFromCarts).sum()
        >= cart.stream().mapToInt(Session::getAddToCarts).sum()) {
      outcome = "emptied";
    } else if (last.getEndTime() + CART > history.now) {
      outcome = "open";
    } else if (all.stream()
        .anyMatch(each ->
            each.getPurchases() > 0
                && each.getStartTime() > last.getStartTime()
                && each.getStartTime() <= last.getEndTime() + RECOVERY)) {
      outcome = "recovered";
    }
    days.computeIfAbsent(history.day(last.getEndTime()), _ -> new ArrayList<>())
        .add(last.getVisitorId() + " " + outcome);
    addValue(history.day(last.getEndTime()) + outcome, cart);
    if (outcome.equals("abandoned")) {
      addProducts(history.day(last.getEndTime()), cart);
    }
  }

  private void addProducts(LocalDate day, List<Session> cart) {
    var quantities = new TreeMap<String, Long>();
    var values = new TreeMap<String, TreeMap<String, Long>>();
    var ofCart = new TreeMap<String, String>();
    for (Session session : cart) {
      for (CartProduct each : session.getCartProducts()) {
        quantities.merge(each.getProductId(), each.getQuantity(), Long::sum);
        var value = values.computeIfAbsent(each.getProductId(), _ -> new TreeMap<>());
        each.getValueE4().forEach((currency, e4) -> value.merge(currency, e4, Long::sum));
        if (each.getCategory() != null) {
          ofCart.merge(each.getProductId(), each.getCategory(), RecomputedCarts::first);
        }
      }
    }
    quantities.forEach((product, quantity) -> {
      if (quantity > 0) {
        String place = day + "|" + product;
        abandoned.computeIfAbsent(place, _ -> new ArrayList<>()).add(quantity);
        if (ofCart.containsKey(product)) {
          categories.merge(place, ofCart.get(product), RecomputedCarts::first);
        }
        var ofDay = cartValues.computeIfAbsent(place, _ -> new TreeMap<>());
        values
            .getOrDefault(product, new TreeMap<>())
            .forEach((currency, e4) -> ofDay.merge(currency, Math.max(0, e4), Long::sum));
        ofDay.values().removeIf(e4 -> e4 == 0);
      }
    });
  }

  private static String first(String one, String other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void checkProducts() throws SQLException {
    var expected = new TreeSet<String>();
    abandoned.forEach((place, quantities) ->
        expected.add(
            "%s|%s|%d|%d|%s"
                .formatted(
                    place,
                    categories.getOrDefault(place, ""),
                    quantities.size(),
                    quantities.stream().mapToLong(Long::longValue).sum(),
                    amounts(place))));
    assertThat(expected).isNotEmpty();
    check(
        lake,
        "abandoned_products",
        "day, product, category, carts, quantity, " + money("value"),
        expected);
  }

  private void addValue(String place, List<Session> cart) {
    var ofCart = new TreeMap<String, Long>();
    cart.forEach(each ->
        each.getCartValueE4().forEach((currency, e4) -> ofCart.merge(currency, e4, Long::sum)));
    ofCart.values().removeIf(e4 -> e4 <= 0);
    var ofDay = cartValues.computeIfAbsent(place, _ -> new TreeMap<>());
    ofCart.forEach((currency, e4) -> ofDay.merge(currency, e4, Long::sum));
  }

  private String amounts(String place) {
    return cartValues.getOrDefault(place, new TreeMap<>()).entrySet().stream()
        .map(each -> each.getKey() + "=" + BigDecimal.valueOf(each.getValue(), 4))
        .collect(joining(","));
  }

  private static int countOf(List<String> outcomes, String outcome) {
    return (int) outcomes.stream().filter(each -> each.endsWith(outcome)).count();
  }
}
