SELECT (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1) || '}' AS anon_2) AS anon_1, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id IS NOT NULL) || '}' AS anon_4) AS anon_3, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_1.row_0, ','), '') || ']}' AS anon_6
FROM (
SELECT '{"uid":' || CAST(to_json(page_1.uid) AS TEXT) || ',"branch":' || CASE WHEN (lamindb_branch_1.id IS NULL) THEN 'null' ELSE '{"name":' || CAST(to_json(lamindb_branch_1.name) AS TEXT) || '}' END || '}' AS row_0
FROM (
SELECT lamindb_artifact_3.branch_id AS branch_id, lamindb_artifact_3.id AS id, lamindb_artifact_3.uid AS uid, lamindb_artifact_3.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_3
WHERE lamindb_artifact_3.branch_id IN (
SELECT lamindb_branch_2.id
FROM lamindb_branch AS lamindb_branch_2
WHERE lamindb_branch_2.name = $1::VARCHAR)
ORDER BY lamindb_artifact_3.id ASC
LIMIT 20 OFFSET 0) AS page_1
LEFT OUTER JOIN lamindb_branch AS lamindb_branch_1 ON lamindb_branch_1.id = page_1.branch_id
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_5, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_2.row_0, ','), '') || ']}' AS anon_8
FROM (
SELECT '{"uid":' || CAST(to_json(page_2.uid) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_artifact_4.id AS id, lamindb_artifact_4.uid AS uid, lamindb_artifact_4.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_4
WHERE lamindb_artifact_4.uid = ANY ($2::TEXT[])
ORDER BY lamindb_artifact_4.id ASC
LIMIT 20 OFFSET 0) AS page_2
ORDER BY page_2.key_0 ASC) AS rows_2) AS anon_7, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_3.row_0, ','), '') || ']}' AS anon_10
FROM (
SELECT '{"handle":' || CAST(to_json(lamindb_user_1.handle) AS TEXT) || ',"createdArtifacts":' || (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_3
FROM lamindb_artifact AS lamindb_artifact_5
WHERE lamindb_artifact_5.created_by_id = lamindb_user_1.id) || '}' AS anon_11) || '}' AS row_0
FROM lamindb_user AS lamindb_user_1
ORDER BY lamindb_user_1.id ASC
LIMIT 20 OFFSET 0) AS rows_3) AS anon_9;
-- ['trash', ['artifact0020', 'artifact0021']]
