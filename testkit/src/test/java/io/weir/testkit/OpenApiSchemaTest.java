package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiSchemaTest {
  private static final String DOCUMENT =
      """
      open: {}
      count: {type: integer}
      maybe: {type: integer, nullable: true}
      column: %s
      row: {type: object, properties: {column: {$ref: '#/column'}}}
      """;

  private static List<String> faultsOfNull(String column) {
    return OpenApiSchema.at(DOCUMENT.formatted(column), "row")
        .faults(Collections.singletonMap("column", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: integer}",
        "{type: integer, nullable: false}",
        "{type: integer, nullable: 'true'}",
        "{enum: [a, b]}",
        "{$ref: '#/count'}",
        "{allOf: [{$ref: '#/count'}]}",
        "{allOf: [{$ref: '#/maybe'}, {type: integer}]}",
        "{anyOf: [{$ref: '#/count'}, {type: string}]}",
        "{allOf: [{anyOf: [{$ref: '#/count'}]}], description: How many}",
      })
  void nullThatNothingAllows_isAFault(String column) {
    assertThat(faultsOfNull(column)).containsExactly(".column is null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: integer, nullable: true}",
        "{$ref: '#/maybe'}",
        "{$ref: '#/open'}",
        "{allOf: [{$ref: '#/count'}], nullable: true}",
        "{allOf: [{$ref: '#/maybe'}, {description: How many}]}",
        "{anyOf: [{$ref: '#/count'}, {$ref: '#/maybe'}]}",
        "{anyOf: [{$ref: '#/count'}, {type: string}], nullable: true}",
      })
  void nullThatSomethingAllows_fits(String column) {
    assertThat(faultsOfNull(column)).isEmpty();
  }

  @Test
  void valueOfAnyPart_fits() {
    OpenApiSchema schema =
        OpenApiSchema.at(
            DOCUMENT.formatted("{anyOf: [{$ref: '#/count'}, {type: string}]}"), "column");

    assertThat(schema.faults(1)).isEmpty();
    assertThat(schema.faults("one")).isEmpty();
    assertThat(schema.faults(true)).containsExactly(" is none of anyOf");
  }
}
