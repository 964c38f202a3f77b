-- How far gold has settled, and the time zone of its days.
SELECT value AS zone, max(settled_until) AS settled_until
FROM gold.cells
WHERE subject = 'progress'
GROUP BY value
