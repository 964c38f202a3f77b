package io.weir.simulator.visit;

import io.weir.simulator.json.JsonBuffer;

/**
 * The shop's products: the same in every simulation. A few are seen often: the top 1 % have about
 * 16 % of the views, the top 10 % about 40 %.
 */
public final class Catalog {
  private static final int SIZE = 4_504;
  private static final long SEED = 20_191_001;
  private static final double WITHOUT_CATEGORY = 0.33;

  private final int[] cents = new int[SIZE];
  private final byte[][] json = new byte[SIZE][];
  private final String[] categories = new String[SIZE];

  public Catalog(Profile profile, World world) {
    var chance = new Chance(SEED);
    var buffer = new JsonBuffer(256);
    for (int product = 0; product < SIZE; product++) {
      cents[product] = (int) Math.round(profile.prices().draw(chance) * 100);
      json[product] = describe(product, world, chance, buffer.clear());
    }
  }

  private byte[] describe(int product, World world, Chance chance, JsonBuffer buffer) {
    buffer.put("{\"product_id\":\"p").number(10_000 + product).put("\",\"name\":\"");
    categories[product] = "";
    String brand = world.brands().draw(chance);
    if (!brand.equals(World.NONE)) {
      buffer.put(brand).put(' ');
    }
    World.Word word = world.words().draw(chance);
    buffer.put(word.text()).put(' ').number(chance.below(900) + 100).put('"');
    if (!chance.happens(WITHOUT_CATEGORY)) {
      buffer.put(",\"category\":\"").put(word.category()).put('"');
      categories[product] = word.category();
    }
    if (!brand.equals(World.NONE)) {
      buffer.put(",\"brand\":\"").put(brand).put('"');
    }
    return buffer.put(",\"price\":").cents(cents[product]).copy();
  }

  int draw(Chance chance) {
    double u = chance.unit();
    return (int) (SIZE * u * u * Math.sqrt(u));
  }

  /** The category; empty for none. */
  String category(int product) {
    return categories[product];
  }

  int cents(int product) {
    return cents[product];
  }

  /** The product as JSON, left open for the fields that differ from event to event. */
  byte[] json(int product) {
    return json[product];
  }

  static int number(int product) {
    return 10_000 + product;
  }
}
