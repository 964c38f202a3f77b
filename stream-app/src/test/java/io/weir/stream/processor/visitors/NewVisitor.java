package io.weir.stream.processor.visitors;

/** A visitor that the store does not have, for tests of other packages. */
public final class NewVisitor {
  private NewVisitor() {}

  public static VisitorEntry named(String visitor) {
    return VisitorEntry.ofNew(visitor);
  }
}
