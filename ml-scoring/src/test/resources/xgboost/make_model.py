"""Makes model.json and expected.csv: a small model trained by XGBoost itself."""

import numpy as np
import xgboost as xgb

NAMES = (
    "events duration_ms page_views product_views searches ad_impressions ad_clicks add_to_carts "
    "remove_from_carts checkouts unique_pages unique_products longest_gap_ms start_hour_utc "
    "start_weekday_utc visitor_session_number ms_since_previous_session device os referrer_class "
    "campaign_medium"
).split()

rng = np.random.default_rng(7)


def rows(count):
    values = rng.integers(0, 12, size=(count, len(NAMES))).astype(np.float32)
    values[:, 1] *= 1234.5
    values[rng.random(values.shape) < 0.15] = np.nan
    return values


train = rows(4000)
score = np.nan_to_num(train[:, 7]) * 0.5 + np.nan_to_num(train[:, 9]) - np.nan_to_num(train[:, 0])
label = (score / 3 + rng.normal(size=len(train)) > 1).astype(np.float32)
booster = xgb.train(
    {"objective": "binary:logistic", "max_depth": 4, "eta": 0.3, "seed": 7, "nthread": 1},
    xgb.DMatrix(train, label=label, feature_names=NAMES),
    num_boost_round=12,
)
booster.save_model("model.json")

fresh = rows(60)
predicted = booster.predict(xgb.DMatrix(fresh, feature_names=NAMES))
with open("expected.csv", "w") as out:
    for row, probability in zip(fresh, predicted):
        cells = ["" if np.isnan(v) else repr(float(v)) for v in row]
        out.write(",".join(cells + [repr(float(probability))]) + "\n")
