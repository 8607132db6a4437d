SELECT (
SELECT '{"nodes":[' || coalesce(string_agg(rows_1.row_0, ','), '') || ']}' AS anon_2
FROM (
SELECT '{"uid":' || CAST(to_json(page_1.uid) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_artifact_1.id AS id, lamindb_artifact_1.uid AS uid, lamindb_artifact_1.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1 AND lamindb_artifact_1.id < $1::BIGINT AND (lamindb_artifact_1.size IS NULL OR lamindb_artifact_1.is_latest != $2::BOOLEAN)
ORDER BY lamindb_artifact_1.id ASC
LIMIT 20 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_1, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1) || '}' AS anon_4) AS anon_3, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_artifact AS lamindb_artifact_3
WHERE false) || '}' AS anon_6) AS anon_5, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_3
FROM lamindb_artifact AS lamindb_artifact_4
WHERE false) || '}' AS anon_8) AS anon_7;
-- [9, True]
