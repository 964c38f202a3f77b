package io.weir.stream.query.http;

import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Refuses query parameters that the route does not declare: a slip must not pass as a default. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class KnownParameters {
  /** The only parameter that may be given several times. */
  static final String REPEATED = "filter";

  @RequestFilter
  void check(HttpRequest<?> request) {
    Set<String> given = request.getParameters().names();
    if (!given.isEmpty()
        && RouteAttributes.getRouteMatch(request).orElse(null)
            instanceof MethodBasedRouteMatch<?, ?> route
        // What a browser brings back from a provider is the provider's choice.
        && route.getDeclaringType() != ProviderSignInController.class) {
      check(request, given, declared(route));
    }
  }

  private static Set<String> declared(MethodBasedRouteMatch<?, ?> route) {
    var names = new TreeSet<String>();
    addQueryValues(route.getArguments(), names);
    if (route.getDeclaringType() == PageController.class) {
      names.add(ProviderSignInController.OUTCOME);
    }
    for (Argument<?> argument : route.getArguments()) {
      if (argument.isAnnotationPresent(RequestBean.class)) {
        BeanIntrospection<?> bean = BeanIntrospection.getIntrospection(argument.getType());
        addQueryValues(bean.getConstructorArguments(), names);
      }
    }
    return names;
  }

  private static void addQueryValues(Argument<?>[] arguments, Set<String> names) {
    for (Argument<?> argument : arguments) {
      if (argument.isAnnotationPresent(QueryValue.class)) {
        names.add(argument.getName());
      }
    }
  }

  private static void check(HttpRequest<?> request, Set<String> given, Set<String> declared) {
    for (String name : given) {
      if (!declared.contains(name)) {
        throw new RefusedRequest(
            "no parameter "
                + name
                + " here; "
                + (declared.isEmpty() ? "none is" : declared)
                + " known");
      }
      List<String> values = request.getParameters().getAll(name);
      if (values.size() > 1 && !name.equals(REPEATED)) {
        throw new RefusedRequest(name + " is given " + values.size() + " times; once is right");
      }
    }
  }
}
