package io.weir.stream.session;

import io.weir.contract.avro.EnrichedEvent;
import io.weir.contract.avro.Product;
import io.weir.stream.session.goal.Goals;
import io.weir.stream.session.sums.AdClicks;
import io.weir.stream.session.sums.PurchaseRevenue;
import io.weir.stream.session.text.AdLabel;
import io.weir.stream.session.text.PageName;
import io.weir.stream.session.text.Texts;
import io.weir.stream.session.touch.CartLine;
import io.weir.stream.session.touch.Marks;
import io.weir.stream.session.touch.Sale;
import io.weir.stream.session.touch.Touch;
import io.weir.stream.session.touch.TouchType;
import io.weir.stream.session.visitor.VisitorState;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the touches of events. */
final class Touches {
  private static final int PURCHASE = TouchType.PURCHASE.code();
  private static final int PRODUCT_VIEW = TouchType.PRODUCT_VIEW.code();
  private static final int SEARCH = TouchType.SEARCH.code();
  private static final int OTHER = TouchType.OTHER.code();

  private final Goals goals;

  Touches(Goals goals) {
    this.goals = goals;
  }

  Touch of(VisitorState state, EnrichedEvent event, long idHash, boolean isLate) {
    Texts texts = state.live().dictionary().texts();
    var touch = new Touch.Builder();
    touch.time = event.getEventTime();
    touch.idHash = idHash;
    touch.type = TouchType.of(event.getEventType()).code();
    touch.isLate = isLate;
    touch.page = texts.intern(PageName.of(event));
    touch.context = state.live().context(event);
    touch.user = texts.intern(event.getUserId());
    if (Sale.isOf(touch.type)) {
      touch.sale = new Sale(PurchaseRevenue.of(event), Sale.order(event), bought(event, touch));
      touch.label = texts.intern(event.getCurrency());
    } else if (Sale.isOfCart(touch.type)) {
      touch.sale = Sale.ofCart(PurchaseRevenue.of(event), lines(event, Product::getLineRevenueE4));
      touch.label = touch.sale.amount() == 0 ? Touch.NONE : texts.intern(event.getCurrency());
    } else if (touch.type == PRODUCT_VIEW) {
      touch.sale = Sale.ofView(event);
    } else {
      touch.label = texts.intern(name(event, touch.type));
    }
    touch.products = products(event, texts);
    if (goals.hasOf(event.getEventType())) {
      touch.marks = marks(event, texts);
    }
    return touch.build();
  }

  /** What an event without an amount is about; null for nothing. */
  private static @Nullable String name(EnrichedEvent event, int type) {
    if (AdClicks.isOf(type)) {
      return AdLabel.of(event);
    }
    if (type == SEARCH) {
      return event.getSearchTerm();
    }
    return type == OTHER ? event.getEventType() : null;
  }

  private static List<CartLine> bought(EnrichedEvent event, Touch.Builder touch) {
    return touch.type == PURCHASE ? lines(event, Product::getPriceE4) : List.of();
  }

  private static List<CartLine> lines(
      EnrichedEvent event, Function<Product, @Nullable Long> amount) {
    return event.getProducts().stream()
        .map(product -> {
          Long known = amount.apply(product);
          return new CartLine(product.getQuantity(), known == null ? 0 : known);
        })
        .toList();
  }

  private static int[] products(EnrichedEvent event, Texts texts) {
    List<Product> products = event.getProducts();
    if (products.isEmpty()) {
      return Touch.Builder.NO_PRODUCTS;
    }
    var numbers = new int[products.size() * 2];
    for (int i = 0; i < products.size(); i++) {
      numbers[2 * i] = texts.intern(products.get(i).getProductId());
      numbers[2 * i + 1] = texts.intern(products.get(i).getCategory());
    }
    return numbers;
  }

  private Marks marks(EnrichedEvent event, Texts texts) {
    long amount = amount(event);
    List<String> fulfilled = goals.fulfilledBy(event, PageName.of(event), amount);
    return Marks.of(fulfilled, amount, texts.intern(event.getCurrency()), texts);
  }

  /** A sale is worth what it is in revenue, any other event its own value. */
  private static long amount(EnrichedEvent event) {
    if (Sale.isOf(TouchType.of(event.getEventType()).code())) {
      return PurchaseRevenue.of(event);
    }
    Long value = event.getValueE4();
    return value == null ? 0 : Math.max(0, value);
  }
}
