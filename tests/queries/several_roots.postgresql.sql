SELECT (
SELECT '{"nodes":[' || coalesce(string_agg(rows_1.row_0, ','), '') || ']}' AS anon_2
FROM (
SELECT '{"uid":' || CAST(to_json(lamindb_artifact_1.uid) AS TEXT) || '}' AS row_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT 2 OFFSET 0) AS rows_1) AS anon_1, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_2.row_0, ','), '') || ']}' AS anon_4
FROM (
SELECT '{"uid":' || CAST(to_json(page_1.uid) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_artifact_2.id AS id, lamindb_artifact_2.uid AS uid, lamindb_artifact_2.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1
ORDER BY lamindb_artifact_2.id DESC
LIMIT 2 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_2) AS anon_3, (
SELECT '{"handle":' || CAST(to_json(lamindb_user_1.handle) AS TEXT) || ',"createdRuns":' || (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_run AS lamindb_run_1
WHERE lamindb_run_1.created_by_id = lamindb_user_1.id) || '}' AS anon_7) || '}' AS anon_6
FROM lamindb_user AS lamindb_user_1
WHERE lamindb_user_1.handle = $1::VARCHAR) AS anon_5, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_run AS lamindb_run_2
WHERE lamindb_run_2.branch_id = 1 AND lamindb_run_2.created_by_id IN (
SELECT lamindb_user_2.id
FROM lamindb_user AS lamindb_user_2
WHERE lamindb_user_2.handle = $2::VARCHAR)) || '}' AS anon_9) AS anon_8;
-- ['grace', 'grace']
