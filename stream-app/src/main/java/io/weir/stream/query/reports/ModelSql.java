package io.weir.stream.query.reports;

/** Reports about models, from what {@code ./weir drift} wrote. */
final class ModelSql {
  static final String WATCHES =
      """
      SELECT
        watched_at, extract(epoch FROM now() - watched_at)::bigint AS watched_s_ago,
        watched_at = (SELECT max(watched_at) FROM gold.model_watches) AS is_newest,
        from_time, to_time, subject, model_name, model_version, trained_at, sessions,
        coalesce(outcomes, sessions) AS outcomes, conversions, sampled_share, mean_score, auc, training_auc, log_loss, training_log_loss,
        constant_log_loss, calibration_error, training_calibration_error, score_psi, remark
      FROM gold.model_watches
      ORDER BY
        watched_at DESC, array_position(ARRAY['sessions', 'impressions', 'returns'], subject),
        sessions DESC, outcomes DESC, model_version
      LIMIT 200
      """;

  /** The ten versions of each kind that scored most in the newest run. */
  static final String DRIFT =
      """
      SELECT
        model_name, model_version, feature, psi, missing_share, training_missing_share,
        class.number, class.value ->> 'label' AS label,
        (class.value ->> 'training')::float8 AS training,
        (class.value ->> 'recent')::float8 AS recent
      FROM gold.model_drift
      JOIN (
        SELECT
          watch_id, subject, sessions, model_name, model_version,
          outcomes, row_number() OVER (
            PARTITION BY subject
            ORDER BY greatest(sessions, outcomes) DESC, model_version) AS place
        FROM gold.model_watches
        WHERE watched_at = (SELECT max(watched_at) FROM gold.model_watches)
      ) AS newest USING (watch_id)
      CROSS JOIN LATERAL jsonb_array_elements(classes) WITH ORDINALITY AS class (value, number)
      WHERE place <= 10
      ORDER BY
        array_position(ARRAY['sessions', 'impressions', 'returns'], subject), sessions DESC,
        outcomes DESC, model_version, feature <> '(score)', psi DESC, feature, number
      """;

  static final String COMPARISONS =
      """
      SELECT
        watched_at, watched_at = (SELECT max(watched_at) FROM gold.model_watches) AS is_newest,
        from_time, to_time, champion_name, champion_version, challenger_name, challenger_version,
        sessions, conversions, verdict, champion_log_loss, challenger_log_loss,
        log_loss_difference, log_loss_low, log_loss_high, champion_auc, challenger_auc,
        auc_difference, auc_low, auc_high
      FROM gold.model_comparisons
      ORDER BY watched_at DESC, sessions DESC, champion_version, challenger_version
      LIMIT 200
      """;

  private ModelSql() {}
}
