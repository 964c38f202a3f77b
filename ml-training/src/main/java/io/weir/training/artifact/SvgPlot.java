package io.weir.training.artifact;

import java.util.List;
import java.util.Locale;

/** A line plot as SVG, with both axes from zero or from the least value. */
final class SvgPlot {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 300;
  private static final int LEFT = 52;
  private static final int BOTTOM = 40;
  private static final int MARGIN = 22;

  private final StringBuilder svg = new StringBuilder();
  private final double[] x;
  private final double[] y;

  /**
   * An empty plot.
   *
   * @param x least and greatest value
   * @param y least and greatest value
   */
  SvgPlot(String title, double[] x, double[] y) {
    this.x = x.clone();
    this.y = y.clone();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            HEIGHT,
            WIDTH,
            HtmlText.escape(title)));
  }

  /** A point in the plot's own units. */
  record Point(double x, double y) {}

  SvgPlot axes(String xTitle, String yTitle) {
    for (int step = 0; step <= 4; step++) {
      double xValue = x[0] + (x[1] - x[0]) * step / 4;
      double yValue = y[0] + (y[1] - y[0]) * step / 4;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>%n",
              LEFT,
              down(yValue),
              WIDTH - MARGIN,
              down(yValue)));
      text(LEFT - 6, down(yValue) + 4, "end", label(yValue));
      text(across(xValue), HEIGHT - BOTTOM + 16, "middle", label(xValue));
    }
    text((LEFT + WIDTH - MARGIN) / 2.0, HEIGHT - 6, "middle", xTitle);
    text(LEFT, MARGIN - 3, "start", yTitle);
    return this;
  }

  SvgPlot line(String style, List<Point> points) {
    svg.append("<polyline class=\"").append(style).append("\" points=\"");
    for (Point point : points) {
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", across(point.x), down(point.y)));
    }
    svg.append("\"/>\n");
    return this;
  }

  SvgPlot dots(List<Point> points) {
    for (Point point : points) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n",
              across(point.x),
              down(point.y)));
    }
    return this;
  }

  String end() {
    return svg + "</svg>\n";
  }

  private void text(double atX, double atY, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            atX,
            atY,
            anchor,
            HtmlText.escape(text)));
  }

  private double across(double value) {
    return LEFT + (value - x[0]) / (x[1] - x[0]) * (WIDTH - MARGIN - LEFT);
  }

  private double down(double value) {
    return HEIGHT - BOTTOM - (value - y[0]) / (y[1] - y[0]) * (HEIGHT - BOTTOM - MARGIN);
  }

  private static String label(double value) {
    return Math.abs(value) >= 10
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
