SELECT (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"uid":', json_quote(page_1.uid), '}') AS row_0
FROM (
SELECT lamindb_artifact_1.id AS id, lamindb_artifact_1.uid AS uid, lamindb_artifact_1.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1 AND lamindb_artifact_1.id < ? AND (lamindb_artifact_1.size IS NULL OR lamindb_artifact_1.is_latest != ?)
ORDER BY lamindb_artifact_1.id ASC
LIMIT 20 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_1, (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1), '}') AS concat_2) AS anon_2, (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_artifact AS lamindb_artifact_3
WHERE 0 = 1), '}') AS concat_3) AS anon_3, (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_3
FROM lamindb_artifact AS lamindb_artifact_4
WHERE 0 = 1), '}') AS concat_4) AS anon_4;
-- [9, True]
