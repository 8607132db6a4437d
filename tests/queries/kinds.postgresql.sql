SELECT (
SELECT '{"nodes":[' || coalesce(string_agg(rows_1.row_0, ','), '') || ']}' AS anon_2
FROM (
SELECT '{"name":' || coalesce(CAST(to_json(lamindb_run_1.name) AS TEXT), 'null') || ',"startedAt":' || CAST(to_json(lamindb_run_1.started_at) AS TEXT) || ',"finishedAt":' || coalesce(CAST(to_json(lamindb_run_1.finished_at) AS TEXT), 'null') || ',"status":' || CAST(to_json(CASE lamindb_run_1._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(lamindb_run_1._status_code AS TEXT) END) AS TEXT) || ',"params":' || coalesce(CAST(lamindb_run_1.params AS TEXT), 'null') || ',"_isConsecutive":' || coalesce(CAST(lamindb_run_1._is_consecutive AS TEXT), 'null') || ',"initiatedByRunId":' || coalesce(CAST(lamindb_run_1.initiated_by_run_id AS TEXT), 'null') || '}' AS row_0
FROM lamindb_run AS lamindb_run_1
WHERE lamindb_run_1.branch_id = 1
ORDER BY lamindb_run_1.id ASC
LIMIT 20 OFFSET 0) AS rows_1) AS anon_1, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_2.row_0, ','), '') || ']}' AS anon_4
FROM (
SELECT '{"name":' || CAST(to_json(lamindb_project_1.name) AS TEXT) || ',"startDate":' || coalesce(CAST(to_json(lamindb_project_1.start_date) AS TEXT), 'null') || ',"status":' || CAST(to_json(CASE lamindb_project_1._status_code WHEN -3 THEN 'planned' WHEN -2 THEN 'up-next' WHEN -1 THEN 'active' WHEN 0 THEN 'completed' WHEN 1 THEN 'background' WHEN 2 THEN 'paused' WHEN 3 THEN 'canceled' WHEN 4 THEN 'archived' ELSE CAST(lamindb_project_1._status_code AS TEXT) END) AS TEXT) || ',"isType":' || CAST(lamindb_project_1.is_type AS TEXT) || '}' AS row_0
FROM lamindb_project AS lamindb_project_1
WHERE lamindb_project_1.branch_id = 1
ORDER BY lamindb_project_1.id ASC
LIMIT 20 OFFSET 0) AS rows_2) AS anon_3, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_3.row_0, ','), '') || ']}' AS anon_6
FROM (
SELECT '{"key":' || coalesce(CAST(to_json(lamindb_artifact_1.key) AS TEXT), 'null') || ',"size":' || coalesce(CAST(lamindb_artifact_1.size AS TEXT), 'null') || ',"createdAt":' || CAST(to_json(lamindb_artifact_1.created_at) AS TEXT) || ',"extraData":' || coalesce(CAST(lamindb_artifact_1.extra_data AS TEXT), 'null') || '}' AS row_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT 12 OFFSET 0) AS rows_3) AS anon_5;
-- []
