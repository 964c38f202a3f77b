package io.weir.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadPlaceTest {

  @Test
  void endsOfTransactions_areNotLost() {
    assertThat(new ReadPlace(10, 12, 12, -1).lost()).isZero();
    assertThat(new ReadPlace(10, 13, 20, -1).lost()).isEqualTo(3);
  }

  @Test
  void endsOfTransactions_areNotUnread() {
    assertThat(new ReadPlace(10, 0, 12, -1).old()).isZero();
    assertThat(new ReadPlace(10, 0, 13, -1).old()).isEqualTo(3);
  }

  @Test
  void endsOfTransactionsBeforeNewerRecords_areNotUnread() {
    assertThat(new ReadPlace(10, 0, 500, 12).old()).isZero();
    assertThat(new ReadPlace(10, 0, 500, 13).old()).isEqualTo(3);
    assertThat(new ReadPlace(20, 0, 500, 13).old()).isZero();
  }

  @Test
  void whatExpired_isNotUnreadAsWell() {
    assertThat(new ReadPlace(10, 100, 105, -1).old()).isEqualTo(5);
  }

  @Test
  void partitionThatWasNeverRead_isUnreadFromItsBegin() {
    assertThat(new ReadPlace(-1, 100, 105, -1).old()).isEqualTo(5);
    assertThat(new ReadPlace(-1, 100, 105, -1).lost()).isZero();
    assertThat(new ReadPlace(-1, 0, 0, -1).old()).isZero();
  }
}
