SELECT (
SELECT '{"nodes":[' || coalesce(group_concat(rows_1.row_0, ','), '') || ']}' AS anon_2
FROM (
SELECT '{"uid":' || json_quote(page_1.uid) || ',"databaseId":' || page_1.id || ',"key":' || json_quote(page_1."key") || ',"suffix":' || json_quote(page_1.suffix) || ',"kind":' || json_quote(page_1.kind) || ',"size":' || coalesce(page_1.size, 'null') || ',"hash":' || json_quote(page_1.hash) || ',"isLatest":' || CASE WHEN page_1.is_latest THEN 'true' WHEN page_1.is_latest = 0 THEN 'false' END || ',"createdAt":' || '"' || replace(iif(length(page_1.created_at) > 19, rtrim(rtrim(page_1.created_at, '0'), '.'), page_1.created_at), ' ', 'T') || '+00:00"' || ',"createdById":' || page_1.created_by_id || '}' AS row_0
FROM (
SELECT lamindb_artifact_1.created_at AS created_at, lamindb_artifact_1.created_by_id AS created_by_id, lamindb_artifact_1.hash AS hash, lamindb_artifact_1.id AS id, lamindb_artifact_1.is_latest AS is_latest, lamindb_artifact_1."key" AS "key", lamindb_artifact_1.kind AS kind, lamindb_artifact_1.size AS size, lamindb_artifact_1.suffix AS suffix, lamindb_artifact_1.uid AS uid, lamindb_artifact_1.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT ? OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_1;
-- [5]
