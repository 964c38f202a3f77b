package io.weir.tools.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.tools.replay.Fixes.Fixed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixesTest {

  @Test
  void set_addsReplacesAndMakesTheObjectsOnTheWay() {
    assertThat(fixed("{\"a\":1,\"b\":\"x\"}", FixParser.put("b=EUR")))
        .isEqualTo("{\"a\":1,\"b\":\"EUR\"}");
    assertThat(fixed("{\"a\":1}", FixParser.put("c.d=2"))).isEqualTo("{\"a\":1,\"c\":{\"d\":2}}");
    assertThat(fixed("{\"c\":null}", FixParser.put("c.d=x"))).isEqualTo("{\"c\":{\"d\":\"x\"}}");
  }

  @Test
  void setValue_isJsonWhereItCanBe() {
    assertThat(fixed("{}", FixParser.put("v=9.90"))).isEqualTo("{\"v\":9.90}");
    assertThat(fixed("{}", FixParser.put("v=\"9.90\""))).isEqualTo("{\"v\":\"9.90\"}");
    assertThat(fixed("{\"v\":1}", FixParser.put("v=null"))).isEqualTo("{\"v\":null}");
    assertThat(fixed("{}", FixParser.put("v="))).isEqualTo("{\"v\":\"\"}");
    assertThat(fixed("{}", FixParser.put("v=1 2"))).isEqualTo("{\"v\":\"1 2\"}");
    assertThat(fixed("{}", FixParser.put("v=2026-03-01T12:00:00Z")))
        .isEqualTo("{\"v\":\"2026-03-01T12:00:00Z\"}");
  }

  @Test
  void rename_movesAlsoBetweenObjectsAndInLists() {
    assertThat(fixed("{\"ts\":1,\"a\":2}", FixParser.rename("ts=event_time")))
        .isEqualTo("{\"a\":2,\"event_time\":1}");
    assertThat(fixed("{\"page\":{\"url\":\"u\"}}", FixParser.rename("page.url=url")))
        .isEqualTo("{\"page\":{},\"url\":\"u\"}");
    assertThat(
            fixed(
                "{\"p\":[{\"sku\":\"a\"},{\"x\":1},{\"sku\":\"c\"}]}",
                FixParser.rename("p[*].sku=p[*].product_id")))
        .isEqualTo("{\"p\":[{\"product_id\":\"a\"},{\"x\":1},{\"product_id\":\"c\"}]}");
  }

  @Test
  void renameOntoAValue_doesNotFit() {
    assertThat(apply("{\"a\":1,\"b\":2}", FixParser.rename("a=b")))
        .isEqualTo(new Fixed.Misfit("b exists already"));
    assertThat(fixed("{\"a\":1,\"b\":null}", FixParser.rename("a=b"))).isEqualTo("{\"b\":1}");
  }

  @Test
  void castToNumber_keepsEveryDigit() {
    assertThat(fixed("{\"v\":\" 19.90 \"}", FixParser.cast("v=number"))).isEqualTo("{\"v\":19.90}");
    assertThat(
            fixed(
                "{\"p\":[{\"price\":\"1\"},{\"price\":2.50}]}",
                FixParser.cast("p[*].price=number")))
        .isEqualTo("{\"p\":[{\"price\":1},{\"price\":2.50}]}");
    assertThat(fixed("{\"v\":\"12345678901234567890.10\"}", FixParser.cast("v=number")))
        .isEqualTo("{\"v\":12345678901234567890.10}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"ten\"", "\"1,5\"", "\"NaN\"", "\"\"", "true", "{}", "[1]"})
  void castToNumberOfWhatSaysNone_doesNotFit(String value) {
    assertThat(apply("{\"v\":" + value + "}", FixParser.cast("v=number")))
        .isEqualTo(new Fixed.Misfit("v is not a number"));
  }

  @Test
  void castToString_writesTheNumberAsItStood() {
    assertThat(fixed("{\"id\":1.50,\"on\":true}", FixParser.cast("id=string")))
        .isEqualTo("{\"id\":\"1.50\",\"on\":true}");
    assertThat(fixed("{\"on\":true}", FixParser.cast("on=string"))).isEqualTo("{\"on\":\"true\"}");
    assertThat(apply("{\"o\":{}}", FixParser.cast("o=string")))
        .isEqualTo(new Fixed.Misfit("o is an object or a list"));
  }

  @Test
  void drop_removesFieldsAndElements() {
    assertThat(fixed("{\"a\":1,\"b\":{\"c\":2}}", FixParser.drop("b.c")))
        .isEqualTo("{\"a\":1,\"b\":{}}");
    assertThat(fixed("{\"p\":[1,2,3]}", FixParser.drop("p[1]"))).isEqualTo("{\"p\":[1,3]}");
    assertThat(fixed("{\"p\":[1,2,3]}", FixParser.drop("p[*]"))).isEqualTo("{\"p\":[]}");
    assertThat(fixed("{\"u.s\":1,\"u\":2}", FixParser.drop("u\\.s"))).isEqualTo("{\"u\":2}");
  }

  @Test
  void whatAFixDoesNotConcern_keepsItsBytes() {
    String spaced = "{ \"a\" : 1.0e2 ,\"\\u00e9\":1 }";

    assertThat(fixed(spaced, FixParser.drop("x"))).isEqualTo(spaced);
    assertThat(fixed(spaced, FixParser.rename("x.y=z"))).isEqualTo(spaced);
    assertThat(fixed(spaced, FixParser.cast("p[*].price=number"))).isEqualTo(spaced);
  }

  @Test
  void setWhereNoFieldCanBe_doesNotFit() {
    assertThat(apply("{\"a\":\"text\"}", FixParser.put("a.b=1")))
        .isEqualTo(new Fixed.Misfit("a.b has no place in it"));
    assertThat(apply("{\"p\":[]}", FixParser.put("p[0]=1")))
        .isEqualTo(new Fixed.Misfit("p[0] has no place in it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[1]", "3", "null", "{", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":\"\u00ff\"}"})
  void whatIsNoObject_isLeftAloneAndTold(String latin) {
    var fixes = new Fixes(List.of(FixParser.put("x=1")));

    assertThat(fixes.apply(ByteBuffer.wrap(latin.getBytes(ISO_8859_1))))
        .isEqualTo(new Fixed.NoObject());
    assertThat(fixes.apply(null)).isEqualTo(new Fixed.NoObject());
  }

  @Test
  void deepOrLongDocuments_areToldNotThrown() {
    assertThat(apply("{\"a\":" + "[".repeat(100_000), FixParser.put("x=1")))
        .isEqualTo(new Fixed.NoObject());
    assertThat(apply("{\"a\":" + "1".repeat(100_000) + "}", FixParser.put("x=1")))
        .isEqualTo(new Fixed.NoObject());
    assertThat(fixed("{\"a\":\"\\ud800\"}", FixParser.put("x=1")))
        .isEqualTo("{\"a\":\"\\uD800\",\"x\":1}");
  }

  @Test
  void noFix_passesAnything() {
    var value = ByteBuffer.wrap(new byte[] {-1});

    assertThat(new Fixes(List.of()).apply(value)).isEqualTo(new Fixed.Ready(value));
    assertThat(new Fixes(List.of()).apply(null)).isEqualTo(new Fixed.Ready(null));
  }

  private static Fixed apply(String json, Fix fix) {
    return new Fixes(List.of(fix)).apply(ByteBuffer.wrap(json.getBytes(UTF_8)));
  }

  private static String fixed(String json, Fix fix) {
    Fixed fixed = apply(json, fix);
    assertThat(fixed).isInstanceOf(Fixed.Ready.class);
    return UTF_8.decode(Objects.requireNonNull(((Fixed.Ready) fixed).value())).toString();
  }
}
