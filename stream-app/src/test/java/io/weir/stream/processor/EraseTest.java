package io.weir.stream.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class EraseTest {
  private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
  private final Erase erase = new Erase(visitor -> List.of(visitor, "refused " + visitor));

  private List<Object> erased(String key) {
    erase.init(context);
    erase.process(new Record<>(key.getBytes(UTF_8), new byte[0], 1));
    return context.forwarded().stream().<Object>map(each -> each.record().key()).toList();
  }

  @Test
  void visitor_isErasedUnderAllIds() {
    assertThat(erased("v")).containsExactly("v", "refused v");
  }

  /** The key of a part is no visitor's: a part cannot be read as a state. */
  @Test
  void keyOfAPart_erasesNobody() {
    assertThat(erased("v\0001")).isEmpty();
  }
}
