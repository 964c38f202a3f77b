package io.weir.simulator.visit;

/**
 * Tells the true probabilities of purchases and clicks while visits are played. It draws nothing,
 * so the traffic is the same with it and without.
 */
public final class Foresight {
  private final PageGraph graph = new PageGraph();
  private final Profile profile;
  private final ChanceListener listener;

  public Foresight(Profile profile, ChanceListener listener) {
    this.profile = profile;
    this.listener = listener;
  }

  /** A visit begins. */
  void begin(Visit visit) {
    if (visit.isForeseen()) {
      visit.belief().begin(visit);
    }
  }

  /** The visit has drawn its next step, which is not taken yet. */
  void drawn(Visit visit, VisitStep before, VisitStep next) {
    if (!visit.isForeseen()) {
      return;
    }
    if (visit.landing()) {
      visit.belief().land(graph, next);
      return;
    }
    if (next == VisitStep.BUY) {
      tell(visit, before);
      visit.belief().finish();
    }
    waited(visit);
    visit.belief().step(graph, visit, before, next);
  }

  /** The visit goes on without a step of its graph. */
  void waited(Visit visit) {
    if (visit.isForeseen() && visit.done() > 0) {
      visit.belief().wait(profile, visit.done(), visit.time());
    }
  }

  /** The visit has just seen an ad. */
  void seen(Visit visit) {
    if (visit.isForeseen()) {
      int events = visit.done() + 1;
      double goesOn = 1 - profile.endsAfter(visit.shopping(), events);
      double clicks = graph.share(VisitStep.SEE_AD, VisitStep.CLICK_AD, visit);
      double knowable = visit.belief().click(graph, profile, visit, events);
      listener.impression(visit.visitor().number(), visit.time(), goesOn * clicks, knowable);
    }
  }

  /** The visit is over. */
  void end(Visit visit) {
    if (visit.isForeseen() && !visit.belief().isFinished()) {
      tell(visit, visit.last);
    }
  }

  private void tell(Visit visit, VisitStep last) {
    if (!visit.belief().isFinished()) {
      double ends = profile.endsAfter(visit.shopping(), visit.done());
      double buys = (1 - ends) * graph.share(last, VisitStep.BUY, visit);
      double knowable = visit.belief().purchase(graph, profile, visit, last);
      listener.session(visit.visitor().number(), visit.start(), buys / (buys + ends), knowable);
    }
  }
}
