package io.weir.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTrainingTest {
  @Test
  void summary_saysHowGoodTheModelIs_andWhatBecameOfIt() {
    List<String> printed =
        List.of(
            "tree 3 of 9",
            "trained 9 trees on 70 rows",
            "model and report: report.html",
            "not promoted: log-loss 0.2",
            "registered: conversion version 2");

    assertThat(DemoTraining.summary(printed))
        .isEqualTo(
            "trained 9 trees on 70 rows; not promoted: log-loss 0.2;"
                + " registered: conversion version 2");
  }
}
