package io.weir.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.GoldKey.Dimension;
import io.weir.contract.GoldKey.Grain;
import io.weir.contract.GoldKey.Subject;
import io.weir.contract.avro.GoldCell;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldKeyTest {

  @Test
  void bucketsOfADimensionLieInOrderOfTime() {
    List<Long> times = List.of(-86_400_000L, 0L, 900_000L, 1_764_380_700_000L, 32_503_680_000_000L);
    for (int i = 1; i < times.size(); i++) {
      byte[] earlier = country(times.get(i - 1), "ZW").bytes();
      byte[] later = country(times.get(i), "").bytes();
      assertThat(Arrays.compareUnsigned(earlier, later)).as("%s", times.get(i)).isNegative();
    }
  }

  @Test
  void theLowestKeyOfABucketComesBeforeAllOfItsValuesAndBehindTheBucketBefore() {
    byte[] lowest =
        GoldKey.lowest(Subject.SESSIONS, Grain.QUARTER, Dimension.COUNTRY, false, 900_000);
    assertThat(Arrays.compareUnsigned(lowest, country(900_000, "AD").bytes())).isNegative();
    assertThat(Arrays.compareUnsigned(lowest, country(0, "\uDBFF\uDFFF").bytes())).isPositive();
  }

  @Test
  void aValueMayHoldTheSeparator() {
    assertThat(country(0, "a|b").text()).isEqualTo("sessions|15m|country|h|0062135596800000|a|b");
    assertThat(country(0, "a|b").bytes()).isEqualTo(country(0, "a|b").text().getBytes(UTF_8));
  }

  @Test
  void theGlobalKeyIsThePartitionAndTheKeyWithinIt() {
    GoldCell cell =
        GoldCell.newBuilder()
            .setSubject("sessions")
            .setGrain("15m")
            .setBucketStart(900_000)
            .setIsBot(true)
            .setDimension("country")
            .setValue("DE")
            .setPartition(3)
            .setVersion(1)
            .build();
    var key = new GoldKey(Subject.SESSIONS, Grain.QUARTER, Dimension.COUNTRY, true, 900_000, "DE");
    assertThat(GoldKey.global(cell)).isEqualTo("3|" + key.text());
  }

  private static GoldKey country(long bucket, String value) {
    return new GoldKey(Subject.SESSIONS, Grain.QUARTER, Dimension.COUNTRY, false, bucket, value);
  }
}
