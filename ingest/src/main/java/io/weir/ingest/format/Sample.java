package io.weir.ingest.format;

import io.weir.ingest.event.Product;
import io.weir.ingest.event.Skip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of the first records, by name in the order of appearance. */
final class Sample {
  private static final int REMEMBERED = 50;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private boolean hasProducts;

  static Sample of(Rows rows, List<byte[]> records) {
    var sample = new Sample();
    for (byte[] record : records) {
      try {
        rows.read(record, record.length, sample.new Values());
      } catch (Skip _) {
        // The skip is counted when the file is read; the sample goes without the record.
      }
    }
    return sample;
  }

  Map<String, List<String>> values() {
    return values;
  }

  boolean hasProducts() {
    return hasProducts;
  }

  private final class Values implements Row {
    @Override
    public void value(String name, String value, boolean isBare) {
      List<String> seen = values.computeIfAbsent(name, _ -> new ArrayList<>());
      if (seen.size() < REMEMBERED) {
        seen.add(value);
      }
    }

    @Override
    public void product(Product product) {
      hasProducts = true;
    }
  }
}
