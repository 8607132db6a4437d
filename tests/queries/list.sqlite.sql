SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"uid":', json_quote(lamindb_artifact_1.uid), ',"databaseId":', lamindb_artifact_1.id, ',"key":', json_quote(lamindb_artifact_1."key"), ',"suffix":', json_quote(lamindb_artifact_1.suffix), ',"kind":', json_quote(lamindb_artifact_1.kind), ',"size":', coalesce(lamindb_artifact_1.size, 'null'), ',"hash":', json_quote(lamindb_artifact_1.hash), ',"isLatest":', CASE WHEN lamindb_artifact_1.is_latest THEN 'true' WHEN lamindb_artifact_1.is_latest = 0 THEN 'false' END, ',"createdAt":', '"' || replace(iif(length(lamindb_artifact_1.created_at) > 19, rtrim(rtrim(lamindb_artifact_1.created_at, '0'), '.'), lamindb_artifact_1.created_at), ' ', 'T') || '+00:00"', ',"createdById":', lamindb_artifact_1.created_by_id, '}') AS row_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT 5 OFFSET 0) AS rows_1;
-- []
