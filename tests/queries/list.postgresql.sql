SELECT '{"nodes":[' || coalesce(string_agg(rows_1.row_0, ','), '') || ']}' AS anon_1
FROM (
SELECT '{"uid":' || CAST(to_json(lamindb_artifact_1.uid) AS TEXT) || ',"databaseId":' || CAST(lamindb_artifact_1.id AS TEXT) || ',"key":' || coalesce(CAST(to_json(lamindb_artifact_1.key) AS TEXT), 'null') || ',"suffix":' || CAST(to_json(lamindb_artifact_1.suffix) AS TEXT) || ',"kind":' || coalesce(CAST(to_json(lamindb_artifact_1.kind) AS TEXT), 'null') || ',"size":' || coalesce(CAST(lamindb_artifact_1.size AS TEXT), 'null') || ',"hash":' || coalesce(CAST(to_json(lamindb_artifact_1.hash) AS TEXT), 'null') || ',"isLatest":' || CAST(lamindb_artifact_1.is_latest AS TEXT) || ',"createdAt":' || CAST(to_json(lamindb_artifact_1.created_at) AS TEXT) || ',"createdById":' || CAST(lamindb_artifact_1.created_by_id AS TEXT) || '}' AS row_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT 5 OFFSET 0) AS rows_1;
-- []
