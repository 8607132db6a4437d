SELECT (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"name":', json_quote(lamindb_run_1.name), ',"startedAt":', '"' || replace(iif(length(lamindb_run_1.started_at) > 19, rtrim(rtrim(lamindb_run_1.started_at, '0'), '.'), lamindb_run_1.started_at), ' ', 'T') || '+00:00"', ',"finishedAt":', coalesce('"' || replace(iif(length(lamindb_run_1.finished_at) > 19, rtrim(rtrim(lamindb_run_1.finished_at, '0'), '.'), lamindb_run_1.finished_at), ' ', 'T') || '+00:00"', 'null'), ',"status":', json_quote(CASE lamindb_run_1._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(lamindb_run_1._status_code AS TEXT) END), ',"params":', coalesce(lamindb_run_1.params, 'null'), ',"_isConsecutive":', coalesce(CASE WHEN lamindb_run_1._is_consecutive THEN 'true' WHEN lamindb_run_1._is_consecutive = 0 THEN 'false' END, 'null'), ',"initiatedByRunId":', coalesce(lamindb_run_1.initiated_by_run_id, 'null'), '}') AS row_0
FROM lamindb_run AS lamindb_run_1
WHERE lamindb_run_1.branch_id = 1
ORDER BY lamindb_run_1.id ASC
LIMIT 20 OFFSET 0) AS rows_1) AS anon_1, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_2.row_0, ','), ''), ']}') AS concat_2
FROM (
SELECT concat('{"name":', json_quote(lamindb_project_1.name), ',"startDate":', coalesce('"' || CAST(lamindb_project_1.start_date AS TEXT) || '"', 'null'), ',"status":', json_quote(CASE lamindb_project_1._status_code WHEN -3 THEN 'planned' WHEN -2 THEN 'up-next' WHEN -1 THEN 'active' WHEN 0 THEN 'completed' WHEN 1 THEN 'background' WHEN 2 THEN 'paused' WHEN 3 THEN 'canceled' WHEN 4 THEN 'archived' ELSE CAST(lamindb_project_1._status_code AS TEXT) END), ',"isType":', CASE WHEN lamindb_project_1.is_type THEN 'true' WHEN lamindb_project_1.is_type = 0 THEN 'false' END, '}') AS row_0
FROM lamindb_project AS lamindb_project_1
WHERE lamindb_project_1.branch_id = 1
ORDER BY lamindb_project_1.id ASC
LIMIT 20 OFFSET 0) AS rows_2) AS anon_2, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_3.row_0, ','), ''), ']}') AS concat_3
FROM (
SELECT concat('{"key":', json_quote(lamindb_artifact_1."key"), ',"size":', coalesce(lamindb_artifact_1.size, 'null'), ',"createdAt":', '"' || replace(iif(length(lamindb_artifact_1.created_at) > 19, rtrim(rtrim(lamindb_artifact_1.created_at, '0'), '.'), lamindb_artifact_1.created_at), ' ', 'T') || '+00:00"', ',"extraData":', coalesce(lamindb_artifact_1.extra_data, 'null'), '}') AS row_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT 12 OFFSET 0) AS rows_3) AS anon_3;
-- []
