package io.weir.stream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.RejectReason;
import io.weir.stream.ingest.Checked.Accepted;
import io.weir.stream.ingest.Checked.Rejected;
import io.weir.testkit.hostile.Poison;
import io.weir.testkit.hostile.PoisonCorpus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonTest {
  private static final long APPENDED = PoisonCorpus.APPENDED.toEpochMilli();
  private static final int MUTANTS = 60_000;

  private final EventValidator validator =
      new EventValidator(
          new TimeRules(Duration.ofMinutes(5), Duration.ofDays(30)), EventRules.any());

  static List<Poison> poison() {
    return PoisonCorpus.all();
  }

  @Test
  void corpus_isLarge() {
    assertThat(poison()).hasSizeGreaterThan(500);
  }

  @ParameterizedTest
  @MethodSource("poison")
  void poison_hasItsOneRightOutcome(Poison poison) {
    Checked checked = validator.check(poison.value(), APPENDED);

    RejectReason reason =
        switch (checked) {
          case Accepted _ -> null;
          case Rejected rejected -> rejected.reason();
        };
    assertThat(reason).as(checked.toString()).isEqualTo(poison.reason());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedEvents_neverEscapeAsAnException(long seed) {
    var random = new Random(seed);
    byte[] valid =
        """
        {"event_id":"e-1","event_type":"purchase","event_time":"2026-03-01T11:59:00.123Z","sent_at":1772366398000,\
        "anonymous_id":"a","user_id":"ü\\u00e4","url":"https://x/y?utm_source=n","products":[{"product_id":"p","price":19.99,\
        "quantity":2}],"value":39.98,"currency":"EUR","campaign":{"source":"s"},"consent":{"analytics":true},\
        "properties":{"a":1,"b":"c"},"other":{"x":[1,2,{"y":null}]}}\
        """
            .getBytes(UTF_8);
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(valid, random);
      accepted += validator.check(mutant, APPENDED) instanceof Accepted ? 1 : 0;
    }
    assertThat(accepted).isBetween(1, MUTANTS - 1);
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] mutant = valid.clone();
    int changes = 1 + random.nextInt(4);
    for (int c = 0; c < changes; c++) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(4)) {
        case 0 -> mutant[at] = (byte) random.nextInt(256);
        case 1 -> mutant = Arrays.copyOf(mutant, Math.max(1, at));
        case 2 -> mutant[at] = "{}[]\",:\\0-9eE.tfn".getBytes(UTF_8)[random.nextInt(17)];
        default -> {
          int length = Math.min(random.nextInt(20), mutant.length - at);
          int from = random.nextInt(mutant.length - length + 1);
          System.arraycopy(valid, Math.min(from, valid.length - length), mutant, at, length);
        }
      }
    }
    return mutant;
  }
}
