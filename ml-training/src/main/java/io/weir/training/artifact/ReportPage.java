package io.weir.training.artifact;

import io.weir.training.artifact.SvgPlot.Point;
import io.weir.training.quality.BinaryQuality;
import io.weir.training.quality.BinaryQuality.ScoreGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The report as one HTML page that needs nothing from elsewhere. */
final class ReportPage {
  private static final int MOST_BARS = 20;

  private static final String STYLE =
      """
      body{font:15px/1.45 system-ui,sans-serif;margin:24px auto;max-width:940px;padding:0 16px;
      color:#1c2530;background:#fff}
      table{border-collapse:collapse;margin:12px 0}td,th{padding:4px 14px 4px 0;text-align:left}
      th{border-bottom:1px solid #aab}td{border-bottom:1px solid #e3e6ea}
      .plots{display:flex;flex-wrap:wrap;gap:24px}figure{margin:0;max-width:100%}svg{max-width:100%}
      svg text{font-size:11px;fill:#4a5560}.grid{stroke:#e3e6ea}
      polyline{fill:none;stroke:#1565c0;stroke-width:2}polyline.ideal{stroke:#9aa5b1;
      stroke-dasharray:5 4}circle{fill:#1565c0}.bar{background:#1565c0;height:11px}
      .bars td:nth-child(2){width:340px}
      """;

  private final TrainingReport report;
  private final StringBuilder html = new StringBuilder();

  private ReportPage(TrainingReport report) {
    this.report = report;
  }

  static String of(TrainingReport report) {
    return new ReportPage(report).page();
  }

  private String page() {
    heading();
    measures();
    html.append("<div class=\"plots\">\n");
    figure("Calibration: true rate by predicted probability", calibration());
    figure("Positives found among the rows of highest probability", gains());
    figure("Validation log-loss by number of trees", learning());
    html.append("</div>\n");
    lift();
    importance();
    leftOut();
    return html.append("</body></html>\n").toString();
  }

  private void heading() {
    String title = HtmlText.escape("Model of " + report.name());
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>");
    html.append(title).append("</title>\n<style>\n").append(STYLE);
    html.append("</style></head><body>\n<h1>").append(title).append("</h1>\n");
    html.append(
        String.format(
            Locale.ROOT,
            "<p>Predicts <b>%s</b>. %d trees on %d features; %d rows to train on, %d to stop early"
                + " and to calibrate, %d to test. Trained at %s in %.1f s.</p>%n",
            HtmlText.escape(report.label()),
            report.trees(),
            report.features(),
            report.rows().train(),
            report.rows().validation(),
            report.rows().test(),
            report.trainedAt(),
            report.seconds()));
  }

  private void measures() {
    BinaryQuality trees = report.metrics();
    BinaryQuality line = report.baseline();
    html.append("<h2>Test part</h2>\n<table><tr><th>Measure<th>Trees<th>Logistic regression");
    html.append("<th>Constant</tr>\n");
    measure("AUC", trees.auc(), line.auc(), "0.5");
    measure(
        "PR-AUC",
        trees.prAuc(),
        line.prAuc(),
        String.format(Locale.ROOT, "%.4f", trees.baseRate()));
    measure(
        "Log-loss",
        trees.logLoss(),
        line.logLoss(),
        String.format(Locale.ROOT, "%.4f", trees.constantLogLoss()));
    measure("Calibration error", trees.calibrationError(), line.calibrationError(), "");
    measure("of that by chance", trees.calibrationByChance(), line.calibrationByChance(), "");
    html.append("</table>\n");
  }

  private void measure(String name, double trees, double line, String constant) {
    html.append(
        String.format(
            Locale.ROOT, "<tr><td>%s<td>%.4f<td>%.4f<td>%s</tr>%n", name, trees, line, constant));
  }

  private void figure(String caption, String svg) {
    html.append("<figure><figcaption>").append(caption).append("</figcaption>\n");
    html.append(svg).append("</figure>\n");
  }

  private String calibration() {
    List<Point> points =
        report.metrics().groups().stream()
            .map(group -> new Point(group.meanProbability(), group.rate()))
            .toList();
    double most = 0.01;
    for (Point point : points) {
      most = Math.max(most, Math.max(point.x(), point.y()));
    }
    return new SvgPlot("calibration curve", new double[] {0, most}, new double[] {0, most})
        .axes("predicted probability", "true rate")
        .line("ideal", List.of(new Point(0, 0), new Point(most, most)))
        .line("curve", points)
        .dots(points)
        .end();
  }

  private String gains() {
    var points = new ArrayList<Point>();
    points.add(new Point(0, 0));
    int rows = 0;
    for (ScoreGroup group : report.metrics().groups().reversed()) {
      rows += group.rows();
      points.add(new Point((double) rows / report.metrics().rows(), group.captured()));
    }
    return new SvgPlot("cumulative gains", new double[] {0, 1}, new double[] {0, 1})
        .axes("share of rows", "share of positives")
        .line("ideal", List.of(new Point(0, 0), new Point(1, 1)))
        .line("curve", points)
        .end();
  }

  private String learning() {
    List<Double> losses = report.validation();
    var points = new ArrayList<Point>();
    for (int round = 0; round < losses.size(); round++) {
      points.add(new Point(round + 1, losses.get(round)));
    }
    double least = Collections.min(losses);
    double most = Math.max(Collections.max(losses), least + 1e-6);
    int best = losses.indexOf(least) + 1;
    return new SvgPlot(
            "learning curve", new double[] {0, losses.size()}, new double[] {least, most})
        .axes("trees", "log-loss")
        .line("curve", points)
        .line("ideal", List.of(new Point(best, least), new Point(best, most)))
        .end();
  }

  private void lift() {
    html.append("<h2>Lift</h2>\n<table><tr><th>Tenth of the rows<th>Rows<th>Mean probability");
    html.append("<th>True rate<th>Lift<th>Positives found so far</tr>\n");
    int number = 1;
    for (ScoreGroup group : report.metrics().groups().reversed()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%d<td>%d<td>%.4f<td>%.4f<td>%.2f<td>%.1f %%</tr>%n",
              number++,
              group.rows(),
              group.meanProbability(),
              group.rate(),
              group.lift(),
              100 * group.captured()));
    }
    html.append("</table>\n");
  }

  private void importance() {
    html.append("<h2>Importance</h2>\n<p>Each column's share of what the splits gained.</p>\n");
    html.append("<table class=\"bars\">\n");
    report.importance().entrySet().stream()
        .limit(MOST_BARS)
        .forEach(entry ->
            html.append(
                String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td><div class=\"bar\" style=\"width:%.1f%%\"></div>"
                        + "<td>%.1f %%</tr>%n",
                    HtmlText.escape(entry.getKey()),
                    100 * entry.getValue(),
                    100 * entry.getValue())));
    html.append("</table>\n");
  }

  private void leftOut() {
    if (report.leftOut().isEmpty()) {
      return;
    }
    html.append("<h2>Unused columns</h2>\n<table>\n");
    report
        .leftOut()
        .forEach((name, why) ->
            html.append(
                String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td>%s</tr>%n",
                    HtmlText.escape(name),
                    HtmlText.escape(why))));
    html.append("</table>\n");
  }
}
