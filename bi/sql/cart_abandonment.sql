-- Carts by the day on which their last session ended, and what became of them.
SELECT day, purchased, recovered, abandoned, emptied, open, abandonment_rate
FROM gold.cart_abandonment
ORDER BY day;
