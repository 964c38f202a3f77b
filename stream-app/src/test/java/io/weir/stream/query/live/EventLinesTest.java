package io.weir.stream.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private final List<String> heard = new ArrayList<>();
  private final EventLines lines = new EventLines((name, data) -> heard.add(name + "=" + data));

  private void read(String text) {
    text.lines().forEach(lines::line);
  }

  @Test
  void events_endWithAnEmptyLine() {
    read("event: a\ndata: {\"x\": 1}\n\ndata:two\nevent:b\n\nevent: c\ndata: not yet\n");

    assertThat(heard).containsExactly("a={\"x\": 1}", "b=two");
  }

  @Test
  void dataOnSeveralLines_isOne() {
    read("event: a\ndata: 1\ndata:  2\n\n");

    assertThat(heard).containsExactly("a=1\n 2");
  }

  @Test
  void commentsAndEmptyEvents_areSkipped() {
    read(": too slow\n\nid: 7\nretry: 3\n\nevent: a\n\ndata: 1\n\n");

    assertThat(heard).containsExactly("=1");
  }
}
