package io.weir.training.session;

import static io.weir.testkit.TestSessions.START;
import static io.weir.testkit.TestSessions.inputs;
import static io.weir.testkit.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.AdCounts;
import io.weir.contract.avro.GoalCounts;
import io.weir.contract.avro.Session;
import io.weir.model.feature.Feature;
import io.weir.model.feature.FeatureVector;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Whatever happens after the first purchase must not change the features. */
class LeakTest {
  private static final long CUT = 50_000;

  /** The fields that a session has at its start, and those as of just before the purchase. */
  private static final Set<String> KNOWN_BEFORE =
      Set.of(
          "start_time",
          "features",
          "device",
          "browser",
          "os",
          "country",
          "referrer_class",
          "campaign_source",
          "campaign_medium",
          "campaign_name",
          "entry_page",
          "visitor_session_number",
          "ms_since_previous_session");

  private static final Set<String> FUNNEL_TIMES =
      Set.of("funnel_view_time", "funnel_cart_time", "funnel_checkout_time");

  private final Random random = new Random(1);

  @Test
  void changesAfterTheCut_changeNoFeature() {
    Session before = bought();
    float[] expected = SessionFeatures.of(before, SessionRates.Seen.NOTHING).values();
    for (int round = 0; round < 20; round++) {
      for (Schema.Field field : Session.getClassSchema().getFields()) {
        if (KNOWN_BEFORE.contains(field.name()) || FUNNEL_TIMES.contains(field.name())) {
          continue;
        }
        Session after = Session.newBuilder(before).build();
        after.put(field.pos(), other(field));
        assertThat(SessionFeatures.of(after, SessionRates.Seen.NOTHING).values())
            .as(field.name())
            .containsExactly(expected);
      }
    }
  }

  @Test
  void funnelStepsAfterTheCut_areMissing() {
    Session open =
        Session.newBuilder(bought())
            .setFunnelViewTime(null)
            .setFunnelCartTime(null)
            .setFunnelCheckoutTime(null)
            .build();
    Session later =
        Session.newBuilder(bought())
            .setFunnelViewTime(START + CUT + 1)
            .setFunnelCartTime(START + CUT + 2)
            .setFunnelCheckoutTime(START + CUT + 3)
            .build();

    assertThat(SessionFeatures.of(later, SessionRates.Seen.NOTHING).values())
        .containsExactly(SessionFeatures.of(open, SessionRates.Seen.NOTHING).values());
  }

  @Test
  void funnelStepsBeforeTheCut_areTimes() {
    FeatureVector vector = SessionFeatures.of(bought(), SessionRates.Seen.NOTHING);

    assertThat(vector.value(Feature.MS_TO_PRODUCT_VIEW)).isEqualTo(1_000);
    assertThat(vector.value(Feature.MS_TO_CART)).isEqualTo(2_000);
    assertThat(vector.value(Feature.MS_TO_CHECKOUT)).isEqualTo((float) CUT);
  }

  private static Session bought() {
    return session("v", 2)
        .setIsConverted(true)
        .setFunnelViewTime(START + 1_000)
        .setFunnelCartTime(START + 2_000)
        .setFunnelCheckoutTime(START + CUT)
        .setFeatures(
            inputs()
                .setDurationMs(CUT)
                .setProductViews(1)
                .setAddToCarts(1)
                .setCheckouts(1)
                .setLastEvent("checkout")
                .setLastPriceE4(199_900L)
                .build())
        .build();
  }

  private Object other(Schema.Field field) {
    Schema schema = field.schema();
    Schema.Type type =
        schema.getType() == Schema.Type.UNION
            ? schema.getTypes().getLast().getType()
            : schema.getType();
    return switch (type) {
      case INT -> random.nextInt(1, 1_000);
      case LONG -> START + CUT + random.nextInt(1, 1_000_000);
      case BOOLEAN -> random.nextBoolean();
      case STRING -> "text-" + random.nextInt();
      case MAP -> Map.of("EUR", random.nextLong());
      case ARRAY -> List.of(element(field));
      default -> throw new AssertionError("a test for " + field + " is missing");
    };
  }

  private Object element(Schema.Field field) {
    return switch (field.name()) {
      case "ads" -> AdCounts.newBuilder().setAdId("a").setClicks(random.nextInt(9)).build();
      case "goals" -> GoalCounts.newBuilder().setGoal("g").setEvents(random.nextInt(9)).build();
      default -> "text-" + random.nextInt();
    };
  }
}
