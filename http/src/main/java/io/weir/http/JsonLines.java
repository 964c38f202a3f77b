package io.weir.http;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The lines of a log in JSON, with a trace and a visitor as fields of their own. Only fields that
 * are known here are written, so no library adds one.
 */
public final class JsonLines extends JsonEncoder {
  private static final List<String> OF_THREAD = List.of("trace_id", "span_id");
  private static final String VISITOR = "visitor";

  public JsonLines() {
    setWithSequenceNumber(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMDC(false);
    setWithMarkers(false);
    setWithKVPList(false);
    setWithArguments(false);
    setWithMessage(false);
    setWithFormattedMessage(true);
  }

  @Override
  protected void appendCustomFields(StringBuilder line, ILoggingEvent event) {
    Map<String, String> ofThread = event.getMDCPropertyMap();
    for (String name : OF_THREAD) {
      add(line, name, ofThread.get(name));
    }
    @Nullable List<KeyValuePair> ofLine = event.getKeyValuePairs();
    if (ofLine != null) {
      for (KeyValuePair pair : ofLine) {
        if (pair.key.equals(VISITOR)) {
          add(line, VISITOR, String.valueOf(pair.value));
        }
      }
    }
  }

  private void add(StringBuilder line, String name, @Nullable String value) {
    if (value != null) {
      appendValueSeparator(line, true);
      appenderMember(line, name, JsonEscapeUtil.jsonEscapeString(value));
    }
  }
}
