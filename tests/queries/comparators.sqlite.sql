SELECT (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"uid":', json_quote(page_1.uid), ',"key":', json_quote(page_1."key"), '}') AS row_0
FROM (
SELECT lamindb_artifact_1.id AS id, lamindb_artifact_1."key" AS "key", lamindb_artifact_1.uid AS uid, lamindb_artifact_1.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1 AND lamindb_artifact_1."key" != ? AND (lamindb_artifact_1."key" NOT IN (
SELECT anon_2.value
FROM json_each(?) AS anon_2)) AND lamindb_artifact_1."key" <= ? AND lamindb_artifact_1."key" > ? AND instr(lamindb_artifact_1."key", ?) > 0 AND substr(lamindb_artifact_1."key", 1, length(?)) = ? AND lamindb_artifact_1."key" >= ? AND substr(lamindb_artifact_1."key", (length(lamindb_artifact_1."key") - length(?)) + 1) = ?
ORDER BY lamindb_artifact_1.id ASC
LIMIT 20 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_1, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_2.row_0, ','), ''), ']}') AS concat_2
FROM (
SELECT concat('{"uid":', json_quote(page_2.uid), ',"size":', coalesce(page_2.size, 'null'), '}') AS row_0
FROM (
SELECT lamindb_artifact_2.id AS id, lamindb_artifact_2.size AS size, lamindb_artifact_2.uid AS uid, lamindb_artifact_2.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1 AND lamindb_artifact_2.id >= ? AND lamindb_artifact_2.id <= ? AND lamindb_artifact_2.size < ? AND lamindb_artifact_2.size >= ?
ORDER BY lamindb_artifact_2.id ASC
LIMIT 20 OFFSET 0) AS page_2
ORDER BY page_2.key_0 ASC) AS rows_2) AS anon_3, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_3.row_0, ','), ''), ']}') AS concat_3
FROM (
SELECT concat('{"uid":', json_quote(page_3.uid), '}') AS row_0
FROM (
SELECT lamindb_artifact_3.id AS id, lamindb_artifact_3.uid AS uid, lamindb_artifact_3.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_3
WHERE lamindb_artifact_3.uid IN (
SELECT anon_5.value
FROM json_each(?) AS anon_5) AND lamindb_artifact_3.size IN (
SELECT anon_6.value
FROM json_each(?) AS anon_6) AND (lamindb_artifact_3.run_id NOT IN (
SELECT anon_7.value
FROM json_each(?) AS anon_7))
ORDER BY lamindb_artifact_3.id ASC
LIMIT 20 OFFSET 0) AS page_3
ORDER BY page_3.key_0 ASC) AS rows_3) AS anon_4, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_4.row_0, ','), ''), ']}') AS concat_4
FROM (
SELECT concat('{"uid":', json_quote(page_4.uid), ',"createdAt":', '"' || replace(iif(length(page_4.created_at) > 19, rtrim(rtrim(page_4.created_at, '0'), '.'), page_4.created_at), ' ', 'T') || '+00:00"', '}') AS row_0
FROM (
SELECT lamindb_artifact_4.created_at AS created_at, lamindb_artifact_4.id AS id, lamindb_artifact_4.uid AS uid, lamindb_artifact_4.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_4
WHERE lamindb_artifact_4.branch_id = 1 AND lamindb_artifact_4.created_at BETWEEN ? AND ?
ORDER BY lamindb_artifact_4.id ASC
LIMIT 20 OFFSET 0) AS page_4
ORDER BY page_4.key_0 ASC) AS rows_4) AS anon_8, (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_5
WHERE lamindb_artifact_5.branch_id = 1 AND lamindb_artifact_5.created_at <= ? AND lamindb_artifact_5.created_at > ?), '}') AS concat_5) AS anon_9, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_5.row_0, ','), ''), ']}') AS concat_6
FROM (
SELECT concat('{"uid":', json_quote(page_5.uid), ',"startDate":', coalesce('"' || CAST(page_5.start_date AS TEXT) || '"', 'null'), '}') AS row_0
FROM (
SELECT lamindb_project_1.id AS id, lamindb_project_1.start_date AS start_date, lamindb_project_1.uid AS uid, lamindb_project_1.id AS key_0
FROM lamindb_project AS lamindb_project_1
WHERE lamindb_project_1.branch_id = 1 AND lamindb_project_1.start_date >= ?
ORDER BY lamindb_project_1.id ASC
LIMIT 20 OFFSET 0) AS page_5
ORDER BY page_5.key_0 ASC) AS rows_5) AS anon_10, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_6.row_0, ','), ''), ']}') AS concat_7
FROM (
SELECT concat('{"uid":', json_quote(page_6.uid), ',"status":', json_quote(CASE page_6._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(page_6._status_code AS TEXT) END), '}') AS row_0
FROM (
SELECT lamindb_run_1._status_code AS _status_code, lamindb_run_1.id AS id, lamindb_run_1.uid AS uid, lamindb_run_1.id AS key_0
FROM lamindb_run AS lamindb_run_1
WHERE lamindb_run_1.branch_id = 1 AND lamindb_run_1._is_consecutive = ? AND CASE lamindb_run_1._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(lamindb_run_1._status_code AS TEXT) END IN (
SELECT anon_12.value
FROM json_each(?) AS anon_12)
ORDER BY lamindb_run_1.id ASC
LIMIT 20 OFFSET 0) AS page_6
ORDER BY page_6.key_0 ASC) AS rows_6) AS anon_11;
-- ['x', '["y"]', 'z', 'a', 'b', 'raw/', 'raw/', 'raw/', '.fastq', '.fastq', 2, 9, 4611686018427387904, 0, '["artifact0001","artifact0020"]', '[5,7]', '[7]', '2026-03-01 12:00:00', '2026-03-01 12:00:00.000000', '2026-03-01 12:00:00.500000', '2026-03-01 12:00:00.000000', '2026-01-01', True, '["completed","errored"]']
