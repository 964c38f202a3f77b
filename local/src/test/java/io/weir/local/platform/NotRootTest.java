package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.process.StartupException;
import org.junit.jupiter.api.Test;

class NotRootTest {
  @Test
  void userNamespaces_needNoPrefix() {
    assertThat(NotRoot.prefix(true, true)).isEmpty();
  }

  @Test
  void chrootWithoutNamespaces_changesTheUser() {
    assertThat(NotRoot.prefix(false, true))
        .startsWith("setpriv")
        .contains("--reuid=65534", "--ambient-caps=+dac_override,+fowner");
  }

  @Test
  void neither_isOneLineWithWhatToDo() {
    assertThatThrownBy(() -> NotRoot.prefix(false, false))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("run ./weir as an ordinary user");
  }
}
