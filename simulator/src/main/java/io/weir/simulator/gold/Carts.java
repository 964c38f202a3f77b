package io.weir.simulator.gold;

import io.weir.simulator.visit.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carts: what a session leaves, and what becomes of the carts of visitors. */
final class Carts {
  private static final long PATIENCE = Days.DAY;
  private static final long RECOVERY = 30 * Days.DAY;

  private final Histories histories;
  private final long now;
  private final List<Cart> carts = new ArrayList<>();

  Carts(Histories histories, long now) {
    this.histories = histories;
    this.now = now;
    histories.byVisitor().values().forEach(this::read);
  }

  /** A run of sessions with events of the cart, and the visitor's next purchase behind it. */
  private record Cart(List<GoldSession> sessions, @Nullable Long nextPurchase) {
    long end() {
      return sessions.stream().mapToLong(GoldSession::end).max().orElseThrow();
    }

    long day() {
      return Days.of(sessions.getLast().end());
    }

    long sum(GoldNumber measure) {
      return sessions.stream().mapToLong(session -> session.sums.get(measure)).sum();
    }

    boolean isBought() {
      return sum(GoldNumber.PURCHASES) > 0;
    }

    boolean isEmptied() {
      return !isBought() && sum(GoldNumber.REMOVE_FROM_CARTS) >= sum(GoldNumber.ADD_TO_CARTS);
    }

    boolean isLeft(long now) {
      return !isBought() && !isEmptied() && end() + PATIENCE <= now;
    }

    boolean isRecovered() {
      return nextPurchase != null && nextPurchase <= end() + RECOVERY;
    }

    TrueAmounts value() {
      var value = new TrueAmounts();
      sessions.forEach(session -> value.addAll(session.cart.value()));
      return value.positive();
    }
  }

  private static boolean isActive(GoldSession session) {
    return Stream.of(GoldNumber.ADD_TO_CARTS, GoldNumber.REMOVE_FROM_CARTS, GoldNumber.PURCHASES)
        .anyMatch(measure -> session.sums.get(measure) > 0);
  }

  private void read(List<GoldSession> all) {
    List<GoldSession> active = all.stream().filter(Carts::isActive).toList();
    int from = 0;
    for (int i = 1; i <= active.size(); i++) {
      GoldSession last = active.get(i - 1);
      if (i == active.size()
          || last.sums.get(GoldNumber.PURCHASES) > 0
          || last.end() + PATIENCE <= active.get(i).start()) {
        Long next =
            active.subList(i, active.size()).stream()
                .filter(session -> session.sums.get(GoldNumber.PURCHASES) > 0)
                .map(GoldSession::start)
                .min(Comparator.naturalOrder())
                .orElse(null);
        var cart = new Cart(active.subList(from, i), next);
        if (cart.sum(GoldNumber.ADD_TO_CARTS) > 0) {
          carts.add(cart);
        }
        from = i;
      }
    }
  }

  List<Table> tables() {
    return List.of(ofVisitors(), byDay(), products(), ofSessions());
  }

  private Table ofVisitors() {
    var table =
        new Table(
            "gold.visitor_carts",
            "visitor_id day is_bought",
            "is_emptied is_left is_recovered cart_value");
    for (Cart cart : carts) {
      table
          .row()
          .text(cart.sessions.getFirst().person().visitor())
          .day(cart.day())
          .flag(cart.isBought())
          .flag(cart.isEmptied())
          .flag(cart.isLeft(now))
          .flag(cart.isRecovered())
          .money(cart.value());
    }
    return table;
  }

  private Table byDay() {
    var table =
        new Table(
            "gold.cart_abandonment",
            "day",
            "carts visitors purchased recovered abandoned open emptied abandonment_rate"
                + " recovery_rate abandoned_value recovered_value");
    var days = new TreeMap<Long, List<Cart>>();
    carts.forEach(cart -> days.computeIfAbsent(cart.day(), _ -> new ArrayList<>()).add(cart));
    days.forEach((day, of) -> {
      List<Cart> bought = of.stream().filter(Cart::isBought).toList();
      List<Cart> emptied = of.stream().filter(Cart::isEmptied).toList();
      List<Cart> left = of.stream().filter(cart -> cart.isLeft(now)).toList();
      List<Cart> recovered = left.stream().filter(Cart::isRecovered).toList();
      List<Cart> abandoned = left.stream().filter(cart -> !cart.isRecovered()).toList();
      Table.Row row = table.row().day(day).number(of.size());
      row.number(
          of.stream().map(cart -> cart.sessions.getFirst().person().visitor()).distinct().count());
      row.number(bought.size()).number(recovered.size()).number(abandoned.size());
      row.number(of.size() - bought.size() - emptied.size() - left.size());
      row.number(emptied.size());
      row.rate(left.size(), bought.size() + left.size()).rate(recovered.size(), left.size());
      row.money(value(abandoned)).money(value(recovered));
    });
    return table;
  }

  private static TrueAmounts value(List<Cart> carts) {
    var value = new TrueAmounts();
    carts.forEach(cart -> value.addAll(cart.value()));
    return value;
  }

  private record Product(long day, String id, String category) {}

  private Table products() {
    var table =
        new Table("gold.abandoned_products", "day product", "category carts quantity value");
    var products = new LinkedHashMap<Product, long[]>();
    for (Cart cart : carts) {
      if (cart.isLeft(now) && !cart.isRecovered()) {
        left(cart)
            .forEach((id, left) -> {
              if (left.quantity > 0) {
                var product = new Product(cart.day(), id, left.category);
                long[] sums = products.computeIfAbsent(product, _ -> new long[3]);
                sums[0]++;
                sums[1] += left.quantity;
                sums[2] += Math.max(0, left.cents);
              }
            });
      }
    }
    products.forEach((product, sums) -> {
      Table.Row row = table.row().day(product.day).text(product.id).text(product.category);
      row.number(sums[0]).number(sums[1]).money(new TrueAmounts().add("", sums[2]));
    });
    return table;
  }

  private static SortedMap<String, CartOfSession.Left> left(Cart cart) {
    var all = new TreeMap<String, CartOfSession.Left>();
    for (GoldSession session : cart.sessions) {
      session.cart.products.forEach((id, left) -> {
        CartOfSession.Left sum = all.computeIfAbsent(id, _ -> new CartOfSession.Left());
        sum.quantity += left.quantity;
        sum.cents += left.cents;
        sum.category = left.category;
      });
    }
    return all;
  }

  /** What sessions left, by the day of their start: people's and robots'. */
  private Table ofSessions() {
    var cells = new TrueCells(Days.DAY);
    histories.sessions().stream()
        .filter(GoldSession::isCartAbandoned)
        .forEach(session -> add(session, cells));
    var table =
        new Table(
            "gold.carts_daily",
            "bucket_start is_bot dimension value",
            "day sessions quantity left_value");
    cells.each((key, sums) ->
        key.start(table)
            .day(key.day())
            .numbers(sums, GoldNumber.SESSIONS, GoldNumber.QUANTITY)
            .money(sums.revenue));
    return table;
  }

  private static void add(GoldSession session, TrueCells cells) {
    var place = new TrueCells.Place(session.start(), session.isBot());
    var all = new Sums().add(GoldNumber.SESSIONS, 1);
    var categories = new TreeMap<String, Sums>();
    session.cart.products.forEach((id, left) -> {
      if (left.quantity > 0) {
        var sums = new Sums().add(GoldNumber.QUANTITY, left.quantity);
        all.addAll(sums);
        sums.revenue.add("", Math.max(0, left.cents));
        categories
            .computeIfAbsent(left.category, _ -> new Sums().add(GoldNumber.SESSIONS, 1))
            .addAll(sums);
        cells.add(place, "product", id, sums.add(GoldNumber.SESSIONS, 1));
      }
    });
    categories.forEach((category, sums) -> cells.add(place, "category", category, sums));
    all.revenue.addAll(session.cart.value().positive());
    var values = new TreeMap<String, @Nullable String>(Map.of("", ""));
    values.put("device", session.person().machine().device());
    values.put("country", session.person().country());
    values.put("campaign", session.ofCampaign(World.Campaign::name));
    values.put("source", session.ofCampaign(World.Campaign::source));
    values.put("app", session.deeds.getFirst().app());
    values.forEach((dimension, value) -> cells.add(place, dimension, value, all));
  }
}
