package io.weir.tools.doctor;

import java.util.List;
import java.util.concurrent.ExecutionException;

/** The consumer group of a model that need not be there, such as a challenger. */
record SideGroupCheck(GroupCheck group) implements Check {
  @Override
  public String part() {
    return group.part();
  }

  @Override
  public List<Finding> look() throws ExecutionException, InterruptedException {
    if (group.hasMembers()) {
      return group.look();
    }
    if (group.committed().isEmpty()) {
      return List.of();
    }
    return List.of(
        Finding.warn(
                part(),
                "nobody is in it, which is right if its model was removed",
                "otherwise look at /ready and into the log of " + group.service())
            .of(group.group()));
  }
}
