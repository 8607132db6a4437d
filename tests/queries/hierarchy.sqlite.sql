SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_ulabel AS lamindb_ulabel_1
WHERE lamindb_ulabel_1.branch_id = 1 AND NOT (EXISTS (
SELECT 1
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_1 JOIN lamindb_ulabel AS lamindb_ulabel_2 ON lamindb_ulabel_2.id = lamindb_ulabel_parents_1.to_ulabel_id
WHERE lamindb_ulabel_parents_1.from_ulabel_id = lamindb_ulabel_1.id))), ',"nodes":[', coalesce(group_concat(rows_4.row_1, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"uid":', json_quote(page_1.uid), ',"children":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_ulabel AS lamindb_ulabel_3
WHERE lamindb_ulabel_3.id IN (
SELECT lamindb_ulabel_parents_2.from_ulabel_id
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_2
WHERE lamindb_ulabel_parents_2.to_ulabel_id = page_1.id)), ',"nodes":[', coalesce(group_concat(rows_3.row_1, ','), ''), ']}') AS concat_2
FROM (
SELECT concat('{"uid":', json_quote(lamindb_ulabel_4.uid), ',"children":', (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_2.row_0, ','), ''), ']}') AS concat_3
FROM (
SELECT concat('{"uid":', json_quote(page_2.uid), ',"parents":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_3
FROM lamindb_ulabel AS lamindb_ulabel_5
WHERE lamindb_ulabel_5.id IN (
SELECT lamindb_ulabel_parents_3.to_ulabel_id
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_3
WHERE lamindb_ulabel_parents_3.from_ulabel_id = page_2.id)), ',"nodes":[', coalesce(group_concat(rows_1.row_1, ','), ''), ']}') AS concat_4
FROM (
SELECT concat('{"uid":', json_quote(lamindb_ulabel_6.uid), '}') AS row_1
FROM lamindb_ulabel AS lamindb_ulabel_6
WHERE lamindb_ulabel_6.id IN (
SELECT lamindb_ulabel_parents_4.to_ulabel_id
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_4
WHERE lamindb_ulabel_parents_4.from_ulabel_id = page_2.id)
ORDER BY lamindb_ulabel_6.id ASC
LIMIT 20 OFFSET 0) AS rows_1), '}') AS row_0
FROM (
SELECT lamindb_ulabel_7.id AS id, lamindb_ulabel_7.uid AS uid, (
SELECT count(DISTINCT lamindb_ulabel_8.id) AS count_4
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_5 JOIN lamindb_ulabel AS lamindb_ulabel_8 ON lamindb_ulabel_8.id = lamindb_ulabel_parents_5.from_ulabel_id
WHERE lamindb_ulabel_parents_5.to_ulabel_id = lamindb_ulabel_7.id) AS key_0, lamindb_ulabel_7.id AS key_1
FROM lamindb_ulabel AS lamindb_ulabel_7
WHERE lamindb_ulabel_7.id IN (
SELECT lamindb_ulabel_parents_6.from_ulabel_id
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_6
WHERE lamindb_ulabel_parents_6.to_ulabel_id = lamindb_ulabel_4.id)
ORDER BY (
SELECT count(DISTINCT lamindb_ulabel_8.id) AS count_4
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_5 JOIN lamindb_ulabel AS lamindb_ulabel_8 ON lamindb_ulabel_8.id = lamindb_ulabel_parents_5.from_ulabel_id
WHERE lamindb_ulabel_parents_5.to_ulabel_id = lamindb_ulabel_7.id) DESC, lamindb_ulabel_7.id ASC
LIMIT 20 OFFSET 0) AS page_2
ORDER BY page_2.key_0 DESC, page_2.key_1 ASC) AS rows_2), '}') AS row_1
FROM lamindb_ulabel AS lamindb_ulabel_4
WHERE lamindb_ulabel_4.id IN (
SELECT lamindb_ulabel_parents_7.from_ulabel_id
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_7
WHERE lamindb_ulabel_parents_7.to_ulabel_id = page_1.id)
ORDER BY lamindb_ulabel_4.id ASC
LIMIT 2 OFFSET 0) AS rows_3), '}') AS row_1
FROM (
SELECT lamindb_ulabel_9.id AS id, lamindb_ulabel_9.uid AS uid, lamindb_ulabel_9.id AS key_0
FROM lamindb_ulabel AS lamindb_ulabel_9
WHERE lamindb_ulabel_9.branch_id = 1 AND NOT (EXISTS (
SELECT 1
FROM lamindb_ulabel_parents AS lamindb_ulabel_parents_8 JOIN lamindb_ulabel AS lamindb_ulabel_10 ON lamindb_ulabel_10.id = lamindb_ulabel_parents_8.to_ulabel_id
WHERE lamindb_ulabel_parents_8.from_ulabel_id = lamindb_ulabel_9.id))
ORDER BY lamindb_ulabel_9.id ASC
LIMIT 20 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_4;
-- []
