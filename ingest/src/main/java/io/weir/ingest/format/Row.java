package io.weir.ingest.format;

import io.weir.ingest.event.Product;

/** Takes the values of a record one by one. */
interface Row {
  /**
   * Takes one value.
   *
   * @param name the column, or the path of a JSON value with dots between its names
   * @param isBare whether the value is a number, true or false in JSON
   */
  void value(String name, String value, boolean isBare);

  void product(Product product);
}
