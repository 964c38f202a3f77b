package io.weir.stream.session.codec;

import static io.weir.stream.session.Events.RULES;
import static io.weir.stream.session.Events.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.AvroSerde;
import io.weir.contract.Topic;
import io.weir.contract.Topics;
import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.contract.avro.Session;
import io.weir.process.Settings;
import io.weir.process.TopicSettings;
import io.weir.stream.session.Acceptance;
import io.weir.stream.session.Events;
import io.weir.stream.session.Sessionizer;
import io.weir.stream.session.Watermark;
import io.weir.stream.session.bytes.Hash64;
import io.weir.stream.session.bytes.Utf8;
import io.weir.stream.session.goal.Goal;
import io.weir.stream.session.goal.Goals;
import io.weir.stream.session.visitor.Emission;
import io.weir.stream.session.visitor.Emissions;
import io.weir.stream.session.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest records that legal events can make of a visitor fit their topics. */
class LargestStateTest {
  private static final AvroSerde<Session> SERDE = AvroSerde.session();
  private static final Topics TOPICS = TopicSettings.topics(Settings.of(Map.of()));

  /** A generous size for what a batch of one record has beside key and value. */
  private static final int BATCH = 8 * 1024;

  private static final int EVENTS = 20_000;

  /** Enough events of the shapes that take 10 to 30 KB each. */
  private static final int LARGE_EVENTS = 1_000;

  /** Four bytes in UTF-8, two characters in a text. */
  private static final String WIDE = "𠜎";

  private static final String VISITOR = wide(128, 0);

  private Sessionizer sessionizer = new Sessionizer(RULES);
  private final List<Session> sessions = new ArrayList<>();
  private VisitorState state = new VisitorState();

  /** A text with as many bytes as a limit of characters allows, different for each number. */
  private static String wide(int limit, int number) {
    String end = Integer.toString(number);
    String wide = "漢".repeat(limit - end.length());
    return number % 2 == 0 ? wide + end : WIDE.repeat((limit - end.length()) / 2) + end;
  }

  /** The ways to fill a record of 32 KB. */
  enum Shape {
    PAGES(
        LARGE_EVENTS,
        i -> {
          EnrichedEvent event = Events.pageView("e" + i, T0 + i);
          event.setUrlPath("/" + wide(9_990, i));
          return event;
        }),
    REFERRERS(
        LARGE_EVENTS,
        i -> {
          EnrichedEvent event = Events.pageView("e" + i, T0 + i);
          event.setReferrerClass("other");
          event.setReferrerDomain(wide(253, i));
          event.setCampaignSource(wide(255, i));
          event.setCampaignMedium(wide(255, i));
          event.setCampaignName(wide(255, i));
          event.setUserId(wide(255, i));
          return event;
        }),
    PRODUCTS(
        LARGE_EVENTS,
        i -> {
          EnrichedEvent event = Events.event("e" + i, "purchase", T0 + i);
          event.setCurrency(currency(i));
          event.setProducts(products(i, 27, 255));
          return event;
        }),
    MANY_PRODUCTS(
        LARGE_EVENTS,
        i -> {
          EnrichedEvent event = Events.event("e" + i, "add_to_cart", T0 + i);
          event.setProducts(products(i, 200, 20));
          return event;
        }),
    ORDERS(
        EVENTS,
        i -> Events.order("e" + i, T0 + i * 10_007L, Long.MAX_VALUE / EVENTS, "o" + i % 5_000)),
    ADS(
        EVENTS,
        i -> {
          String type = i % 3 == 0 ? "ad_click" : "ad_impression";
          return Events.ad("e" + i, type, T0 + i * 10_007L, wide(128, i % 500));
        }),
    CURRENCIES(
        EVENTS,
        i -> {
          EnrichedEvent event = Events.purchase("e" + i, T0 + i, Long.MAX_VALUE / EVENTS);
          event.setCurrency(currency(i));
          return event;
        }),
    SMALL(EVENTS, i -> Events.pageView("e" + i, T0 + i)),
    ONE_MILLISECOND(EVENTS, i -> Events.pageView("e" + i, T0)),
    DAYS(EVENTS, i -> Events.pageView("e" + i, T0 + i * 1_800_001L));

    private final int count;

    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    private final IntFunction<EnrichedEvent> events;

    Shape(int count, IntFunction<EnrichedEvent> events) {
      this.count = count;
      this.events = events;
    }
  }

  private static String currency(int i) {
    return "" + (char) ('A' + i % 26) + (char) ('A' + i / 26 % 26) + (char) ('A' + i / 676 % 26);
  }

  private static List<Product> products(int event, int count, int category) {
    var products = new ArrayList<Product>();
    for (int i = 0; i < count; i++) {
      var product = new Product();
      product.setProductId(wide(Math.min(128, category), event * count + i));
      product.setCategory(wide(category, event * count + i));
      product.setQuantity(1);
      product.setLineRevenueE4(1L);
      products.add(product);
    }
    return products;
  }

  private void accept(EnrichedEvent event) {
    sessionizer.accept(state, event, Watermark.NONE);
    if (sessionizer.isFull(state)) {
      sessionizer.shrink(VISITOR, state, sessions::add);
    }
  }

  private static void assertFits(Topic topic, int record) {
    assertThat(record + Utf8.length(VISITOR)).isLessThan(topic.maxMessageBytes() - BATCH);
  }

  private static int row(Session session) {
    return Objects.requireNonNull(SERDE.serialize("", session)).length;
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void visitorOfTheLargestEvents_fitsTheChangelogAndItsSessionsTheirTopic(Shape shape) {
    var records = new StoredParts();
    for (int i = 0; i < shape.count; i++) {
      accept(shape.events.apply(i));
      if (i % 100 == 99 || i > shape.count - 50) {
        records.store(state);
      }
    }
    sessionizer.settle(VISITOR, state, Long.MAX_VALUE, sessions::add);

    records.store(state);
    assertFits(TOPICS.events(), records.largest());
    assertThat(sessions).isNotEmpty();
    sessions.forEach(session -> assertFits(TOPICS.sessions(), row(session)));
  }

  /** The session has all that a row can have: lists and texts at their limits, every currency. */
  @ParameterizedTest
  @ValueSource(ints = {EVENTS, 3 * EVENTS})
  void largestSession_fitsItsTopic(int events) {
    Session largest = largest(events, Shape.CURRENCIES.events);

    assertThat(largest.getRevenueE4()).hasSizeGreaterThan(17_000);
  }

  /** Every currency is paid in and refunded; orders and ads are at their limits, too. */
  @Test
  void largestSessionWithRefundsAndAds_fitsItsTopic() {
    Session largest =
        largest(
            5 * EVENTS,
            i -> {
              if (i % 5 == 0) {
                String type = i % 3 == 0 ? "ad_click" : "ad_impression";
                return Events.ad("e" + i, type, T0 + i, wide(128, i / 5 % 500));
              }
              String order = i % 4 == 0 ? "o" + i : null;
              EnrichedEvent event = Events.order("e" + i, T0 + i, Long.MAX_VALUE / EVENTS, order);
              event.setEventType(i % 2 == 0 ? "purchase" : "refund");
              event.setCurrency(currency(i / 2));
              return event;
            });

    assertThat(largest.getRevenueE4()).hasSizeGreaterThan(17_000);
    assertThat(largest.getRefundedE4()).hasSizeGreaterThan(17_000);
    assertThat(largest.getAds()).hasSize(101);
  }

  /** Every purchase fulfils as many goals as there may be, with names as long as they may be. */
  @Test
  void largestSessionWithGoals_fitsItsTopic() {
    var goals = new ArrayList<Goal>();
    for (int i = 0; i < Goals.MOST; i++) {
      String name = "g%063d".formatted(i);
      goals.add(new Goal(name, "purchase", null, null, null, Map.of(), 0, null));
    }
    sessionizer = new Sessionizer(RULES.with(new Goals(goals)));

    Session largest =
        largest(
            3 * EVENTS,
            i -> {
              EnrichedEvent event =
                  Events.order(
                      "e" + i, T0 + i, Long.MAX_VALUE / EVENTS, i % 2 == 0 ? null : "o" + i);
              event.setCurrency(currency(i));
              return event;
            });

    assertThat(largest.getGoals())
        .hasSize(Goals.MOST)
        .allMatch(each -> each.getEvents() == 3 * EVENTS && each.getValueE4().size() == 5);
  }

  private Session largest(int events, IntFunction<EnrichedEvent> of) {
    var records = new StoredParts();
    for (int i = 0; i < events; i++) {
      EnrichedEvent event = of.apply(i);
      if (i < 60) {
        EnrichedEvent origin = Shape.REFERRERS.events.apply(i);
        origin.setEventType("purchase");
        origin.setProducts(products(i, 27, 255));
        origin.setUrlPath("/" + wide(9_990, i));
        origin.setCurrency(event.getCurrency());
        for (var set :
            List.<Consumer<String>>of(
                origin::setDevice,
                origin::setBrowser,
                origin::setOs,
                origin::setCountry,
                origin::setCity)) {
          set.accept(wide(1_024, i));
        }
        event = origin;
      }
      accept(event);
      if (i % 1_000 == 0) {
        records.store(state);
      }
    }
    sessionizer.settle(VISITOR, state, Long.MAX_VALUE, sessions::add);
    records.store(state);

    assertFits(TOPICS.events(), records.largest());
    assertThat(sessions).hasSize(1);
    Session largest = sessions.getFirst();
    assertThat(largest.getPages()).hasSizeGreaterThan(20);
    assertThat(largest.getUniquePages()).isEqualTo(60);
    assertThat(largest.getUniqueProducts()).isGreaterThan(1_600);
    assertFits(TOPICS.sessions(), row(largest));
    return largest;
  }

  /** The computed size of a state is close to the size of its bytes. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void size_isThatOfTheBytes(Shape shape) {
    for (int i = 0; i < 40; i++) {
      sessionizer.accept(state, shape.events.apply(i), Watermark.NONE);
    }

    assertThat(VisitorStateCodec.encode(state).length - 64)
        .isBetween(state.encodedSize() * 2 / 3, state.encodedSize());
  }

  /** A session that starts earlier with each event leaves a retraction each time. */
  @Test
  void visitorWithTooManyRetractions_takesNoMoreEvents() {
    for (int i = 0; i < Emissions.MOST; i++) {
      state.emissions().add(new Emission(T0 + i, 1, Hash64.mix(i), true, Emission.NO_ROBOT));
    }

    assertThat(sessionizer.accept(state, Shape.SMALL.events.apply(0), Watermark.NONE))
        .isEqualTo(Acceptance.TOO_LATE);
    state.emissions().forget(T0);
    assertThat(sessionizer.accept(state, Shape.SMALL.events.apply(0), Watermark.NONE))
        .isEqualTo(Acceptance.IN_SESSION);
  }
}
