SELECT (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1), '}') AS concat_1) AS anon_1, (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id IS NOT NULL), '}') AS concat_2) AS anon_2, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_3
FROM (
SELECT concat('{"uid":', json_quote(page_1.uid), ',"branch":', CASE WHEN (lamindb_branch_1.id IS NULL) THEN 'null' ELSE concat('{"name":', json_quote(lamindb_branch_1.name), '}') END, '}') AS row_0
FROM (
SELECT lamindb_artifact_3.branch_id AS branch_id, lamindb_artifact_3.id AS id, lamindb_artifact_3.uid AS uid, lamindb_artifact_3.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_3
WHERE lamindb_artifact_3.branch_id IN (
SELECT lamindb_branch_2.id
FROM lamindb_branch AS lamindb_branch_2
WHERE lamindb_branch_2.name = ?)
ORDER BY lamindb_artifact_3.id ASC
LIMIT 20 OFFSET 0) AS page_1
LEFT OUTER JOIN lamindb_branch AS lamindb_branch_1 ON lamindb_branch_1.id = page_1.branch_id
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_3, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_2.row_0, ','), ''), ']}') AS concat_4
FROM (
SELECT concat('{"uid":', json_quote(page_2.uid), '}') AS row_0
FROM (
SELECT lamindb_artifact_4.id AS id, lamindb_artifact_4.uid AS uid, lamindb_artifact_4.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_4
WHERE lamindb_artifact_4.uid IN (
SELECT anon_5.value
FROM json_each(?) AS anon_5)
ORDER BY lamindb_artifact_4.id ASC
LIMIT 20 OFFSET 0) AS page_2
ORDER BY page_2.key_0 ASC) AS rows_2) AS anon_4, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_3.row_0, ','), ''), ']}') AS concat_5
FROM (
SELECT concat('{"handle":', json_quote(lamindb_user_1.handle), ',"createdArtifacts":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_3
FROM lamindb_artifact AS lamindb_artifact_5
WHERE lamindb_artifact_5.created_by_id = lamindb_user_1.id), '}') AS concat_6), '}') AS row_0
FROM lamindb_user AS lamindb_user_1
ORDER BY lamindb_user_1.id ASC
LIMIT 20 OFFSET 0) AS rows_3) AS anon_6;
-- ['trash', '["artifact0020","artifact0021"]']
