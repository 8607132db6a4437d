SELECT (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"uid":', json_quote(lamindb_artifact_1.uid), '}') AS row_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT 2 OFFSET 0) AS rows_1) AS anon_1, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_2.row_0, ','), ''), ']}') AS concat_2
FROM (
SELECT concat('{"uid":', json_quote(page_1.uid), '}') AS row_0
FROM (
SELECT lamindb_artifact_2.id AS id, lamindb_artifact_2.uid AS uid, lamindb_artifact_2.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1
ORDER BY lamindb_artifact_2.id DESC
LIMIT 2 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_2) AS anon_2, (
SELECT concat('{"handle":', json_quote(lamindb_user_1.handle), ',"createdRuns":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_run AS lamindb_run_1
WHERE lamindb_run_1.created_by_id = lamindb_user_1.id), '}') AS concat_4), '}') AS concat_3
FROM lamindb_user AS lamindb_user_1
WHERE lamindb_user_1.handle = ?) AS anon_3, (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_run AS lamindb_run_2
WHERE lamindb_run_2.branch_id = 1 AND lamindb_run_2.created_by_id IN (
SELECT lamindb_user_2.id
FROM lamindb_user AS lamindb_user_2
WHERE lamindb_user_2.handle = ?)), '}') AS concat_5) AS anon_4;
-- ['grace', 'grace']
