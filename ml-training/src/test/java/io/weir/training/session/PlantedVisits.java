package io.weir.training.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Session;
import io.weir.testkit.TestRecords;
import io.weir.testkit.TestSessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sessions with their events: who adds to the cart often buys. */
public final class PlantedVisits {
  private static final long MINUTE = 60_000;
  private static final List<String> TYPES =
      List.of("page_view", "product_view", "search", "add_to_cart", "page_ping");

  private final List<Session> sessions = new ArrayList<>();
  private final List<EnrichedEvent> events = new ArrayList<>();

  private PlantedVisits() {}

  /** Visits of one to nine events, one visit a minute, each of another visitor. */
  public static PlantedVisits planted(int visits, long seed) {
    var planted = new PlantedVisits();
    var random = new Random(seed);
    for (int visit = 0; visit < visits; visit++) {
      planted.add(visit, random);
    }
    return planted;
  }

  private void add(int visit, Random random) {
    long time = TestSessions.START + visit * MINUTE;
    var own = new ArrayList<EnrichedEvent>();
    int carts = 0;
    for (int left = 1 + random.nextInt(9); left > 0; left--) {
      String type = TYPES.get(random.nextInt(TYPES.size()));
      carts += type.equals("add_to_cart") ? 1 : 0;
      own.add(event(visit, own.size(), type, time, random));
      // Equal times are normal.
      time += random.nextInt(3) * 1_000L;
    }
    List<EnrichedEvent> before = List.copyOf(own);
    boolean isConverted = random.nextDouble() < (carts > 1 ? 0.8 : 0.1);
    if (isConverted) {
      own.add(event(visit, own.size(), "purchase", time + 1, random));
      own.add(event(visit, own.size(), "page_view", time + 2, random));
    }
    events.addAll(own);
    sessions.add(session(visit, before, isConverted));
  }

  private static EnrichedEvent event(int visit, int at, String type, long time, Random random) {
    return TestRecords.event(
        "e-%d-%d".formatted(visit, at),
        event -> {
          event.setVisitorId("visitor-" + visit).setEventType(type).setEventTime(time);
          event.setUrlDomain("shop.example").setUrlPath("/" + random.nextInt(4));
          event.setDevice(at == 0 ? null : "mobile").setCountry(random.nextBoolean() ? "DE" : null);
          if (type.equals("add_to_cart")) {
            event.setProducts(
                List.of(Product.newBuilder().setProductId("p" + random.nextInt(3)).build()));
          } else if (type.equals("product_view")) {
            long price = random.nextInt(3) * 99_900L;
            event.setProducts(
                List.of(
                    Product.newBuilder()
                        .setProductId("p" + random.nextInt(3))
                        .setPriceE4(price == 0 ? null : price)
                        .build()));
          }
        });
  }

  private static Session session(int visit, List<EnrichedEvent> before, boolean isConverted) {
    var known = TestSessions.session("visitor-" + visit, 1).build();
    known.setSessionKey("session-" + visit);
    known.setStartTime(before.getFirst().getEventTime());
    known.setDevice("mobile");
    known.setCountry("DE");
    // What the stream of this version says, so that the prefixes say it, too.
    known.getFeatures().setLastEvent("page_view");
    known.setEntryPage("shop.example" + before.getFirst().getUrlPath());
    List<SessionStep> steps =
        before.stream().map(SessionStep::of).sorted(CutSession.IN_TIME).toList();
    var prefix = new SessionPrefix(known, steps);
    prefix.extendTo(steps.size());
    Session session = prefix.session();
    session.setSessionKey(known.getSessionKey());
    session.setVisitorId(known.getVisitorId());
    session.setEndTime(before.getLast().getEventTime());
    session.setIsConverted(isConverted);
    return Session.newBuilder(session).build();
  }

  public List<Session> sessions() {
    return List.copyOf(sessions);
  }

  public List<EnrichedEvent> events() {
    return List.copyOf(events);
  }
}
