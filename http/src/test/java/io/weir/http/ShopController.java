package io.weir.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.weir.http.access.Allowed;
import io.weir.http.access.Open;
import io.weir.http.access.Role;
import io.weir.http.access.Uncounted;
import java.util.Objects;

/** Something to guard. */
@Controller("/shop")
final class ShopController {

  @Get("/orders")
  String orders(HttpRequest<?> request) {
    return "orders, instance " + Doorkeeper.isInstance(request);
  }

  @Post("/orders")
  String order(@Body String body) {
    return "taken " + body.length();
  }

  @Post("/visits")
  @Allowed(Role.COLLECTOR)
  String visit(@Body String body) {
    return "visited " + body.length();
  }

  @Get("/inside")
  @Allowed(Role.INSTANCE)
  String inside() {
    return "inside";
  }

  @Open
  @Uncounted
  @Get("/window")
  String window() {
    return "window";
  }

  @Get("/broken")
  String broken() {
    return Objects.requireNonNull(System.getProperty("no.such"), "the password is secret");
  }
}
