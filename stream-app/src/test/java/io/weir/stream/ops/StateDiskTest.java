package io.weir.stream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StateDiskTest {
  private final AtomicLong room = new AtomicLong(1L << 30);
  private final List<Throwable> ends = new ArrayList<>();
  private final StateDisk disk = new StateDisk(Path.of("/state"), room::get, ends::add);

  @Test
  void diskWithRoom_isNoProblem() {
    disk.look();

    assertThat(disk.problem()).isEmpty();
  }

  @Test
  void fullDisk_isAProblemThatNamesTheSetting() {
    room.set(100 << 10);
    disk.look();

    assertThat(disk.problem())
        .contains("the disk of WEIR_STREAM_STATE_DIR=/state is full: 100 KB left");
  }

  @Test
  void diskThatHasRoomAgain_isNoProblem() {
    room.set(0);
    disk.look();
    room.set(1L << 30);
    disk.look();

    assertThat(disk.problem()).isEmpty();
    assertThat(ends).isEmpty();
  }

  @Test
  void diskThatStaysFull_endsTheStreamOnce() {
    room.set(0);
    for (int i = 0; i < 4; i++) {
      disk.look();
    }
    assertThat(ends).isEmpty();

    for (int i = 0; i < 4; i++) {
      disk.look();
    }

    assertThat(ends).singleElement().asString().contains("WEIR_STREAM_STATE_DIR=/state is full");
  }
}
