package io.weir.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.contract.avro.Session;
import io.weir.lake.table.LakeTables;
import io.weir.model.feature.SessionFeatures;
import io.weir.model.feature.SessionRates;
import io.weir.testkit.TestJvm;
import java.nio.charset.StandardCharsets;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;

class LakeSessionRowTest {
  /** A process of its own, where no other test has told Avro which classes it may create. */
  static final class FreshProcess {
    private FreshProcess() {}

    public static void main(String[] args) {
      Session session = LakeSessionRow.session(row());
      System.out.println(SessionFeatures.of(session, SessionRates.Seen.NOTHING).values().length);
    }
  }

  private static Record row() {
    Record row = GenericRecord.create(LakeTables.SESSIONS.schema());
    row.setField("session_key", "v-1");
    row.setField("visitor_id", "v");
    return row;
  }

  @Test
  void row_isReadInAProcessThatReadsNoTopics() throws Exception {
    Process process = TestJvm.brief(FreshProcess.class.getName(), "128m").start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("99");
  }

  @Test
  void columnThatARowLacks_isEmpty() {
    Session session = LakeSessionRow.session(row());

    assertThat(session.getVisitorSessionNumber()).isEqualTo(1);
    assertThat(session.getFeatures().getEvents()).isZero();
    assertThat(session.getDevice()).isNull();
  }
}
