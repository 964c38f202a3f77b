-- What became of the carts of visitors, computed anew from silver.sessions (DuckDB): the definition of
-- gold.cart_abandonment. A cart is a run of a visitor's sessions with events of the cart. It ends with a purchase, or when
-- 24 hours pass. It counts on the day on which its last session ended. Robots have no carts.
-- Needs the table buckets of all days, and the variable carts_at: the time in milliseconds at which a cart is open or left.
-- Parameters: the first day, and the day behind the last one, as days since 1970.
WITH
active AS (
  SELECT
    visitor_id,
    epoch_ms(start_time) AS start_ms,
    epoch_ms(end_time) AS end_ms,
    add_to_carts,
    remove_from_carts,
    purchases,
    cart_value,
    row_number() OVER (PARTITION BY visitor_id ORDER BY start_time, session_key) AS place
  FROM silver.sessions
  WHERE NOT is_bot AND (add_to_carts > 0 OR remove_from_carts > 0 OR purchases > 0)
),
-- The sessions with which a cart begins.
first_of_cart AS (
  SELECT visitor_id, each.place AS cart
  FROM active AS each
  LEFT JOIN active AS former USING (visitor_id)
  WHERE former.place = each.place - 1 AND (former.purchases > 0 OR former.end_ms + 86_400_000 <= each.start_ms)
  UNION ALL
  SELECT visitor_id, place
  FROM active
  WHERE place = 1
),
numbered AS (
  SELECT active.*, cart
  FROM active
  ASOF JOIN first_of_cart ON active.visitor_id = first_of_cart.visitor_id AND active.place >= first_of_cart.cart
),
cart AS (
  SELECT
    visitor_id,
    cart,
    max(place) AS last_place,
    arg_max(end_ms, place) AS last_end_ms,
    max(end_ms) AS end_ms,
    max(purchases) > 0 AS is_bought,
    sum(remove_from_carts) >= sum(add_to_carts) AS is_emptied
  FROM numbered
  GROUP BY visitor_id, cart
  HAVING max(add_to_carts) > 0
),
-- The carts after which the visitor bought within 30 times 24 hours.
recovered AS (
  SELECT DISTINCT visitor_id, cart
  FROM cart
  JOIN active USING (visitor_id)
  WHERE purchases > 0 AND place > last_place AND start_ms <= cart.end_ms + 2_592_000_000
),
outcome AS (
  SELECT
    day,
    cart.visitor_id,
    cart.cart,
    CASE
      WHEN is_bought THEN 'purchased'
      WHEN is_emptied THEN 'emptied'
      WHEN end_ms + 86_400_000 > getvariable('carts_at') THEN 'open'
      WHEN recovered.cart IS NULL THEN 'abandoned'
      ELSE 'recovered'
    END AS outcome
  FROM cart
  ASOF JOIN main.buckets ON last_end_ms >= bucket_ms
  LEFT JOIN recovered ON recovered.visitor_id = cart.visitor_id AND recovered.cart = cart.cart
),
-- What is left in a cart: of each currency what is above zero.
worth AS (
  SELECT visitor_id, cart, entry.key AS currency, sum(entry.value) AS amount
  FROM (SELECT visitor_id, cart, unnest(map_entries(cart_value)) AS entry FROM numbered)
  GROUP BY ALL
  HAVING sum(entry.value) > 0
),
money AS (
  SELECT day, outcome || '_value ' || currency AS name, sum(amount) AS amount
  FROM outcome
  JOIN worth USING (visitor_id, cart)
  WHERE outcome IN ('abandoned', 'recovered')
  GROUP BY ALL
),
counts AS (
  SELECT
    day,
    count(*) AS carts,
    count(DISTINCT visitor_id) AS visitors,
    count(*) FILTER (outcome = 'purchased') AS purchased,
    count(*) FILTER (outcome = 'recovered') AS recovered,
    count(*) FILTER (outcome = 'abandoned') AS abandoned,
    count(*) FILTER (outcome = 'open') AS open,
    count(*) FILTER (outcome = 'emptied') AS emptied
  FROM outcome
  GROUP BY day
)
SELECT 'visitor' AS dimension, day, false AS is_bot, '' AS value, names, amounts, counts.* EXCLUDE (day)
FROM counts
LEFT JOIN (SELECT day, list(name) AS names, list(amount) AS amounts FROM money GROUP BY day) USING (day)
WHERE day >= ? AND day < ?
ORDER BY day
