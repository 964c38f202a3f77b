package io.weir.benchmarks.process;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that counts something: a whole number from 1 on, of at most 8 digits. */
public final class WholeNumber implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    if (!value.matches("[1-9]\\d{0,7}")) {
      throw new TypeConversionException(
          value + " is not a whole number from 1 on, of at most 8 digits");
    }
    return Integer.valueOf(value);
  }
}
