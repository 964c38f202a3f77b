package io.weir.stream.query.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** The settings that decide what becomes of old events. */
@Controller("/v1")
final class RulesController {
  private final Rules rules;

  RulesController(Rules rules) {
    this.rules = rules;
  }

  @Get("/rules")
  Rules rules() {
    return rules;
  }
}
