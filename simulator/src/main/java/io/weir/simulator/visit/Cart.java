package io.weir.simulator.visit;

/** A cart of a few products; products that do not fit are not added. */
final class Cart {
  private static final int MOST = 8;

  private final int[] products = new int[MOST];
  private final int[] quantities = new int[MOST];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int product, int quantity) {
    if (size < MOST) {
      products[size] = product;
      quantities[size++] = quantity;
    }
  }

  void removeLast() {
    size--;
  }

  int size() {
    return size;
  }

  int product(int position) {
    return products[position];
  }

  int quantity(int position) {
    return quantities[position];
  }

  void copyFrom(Cart other) {
    System.arraycopy(other.products, 0, products, 0, other.size);
    System.arraycopy(other.quantities, 0, quantities, 0, other.size);
    size = other.size;
  }
}
