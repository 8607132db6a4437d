SELECT (
SELECT '{"nodes":[' || coalesce(string_agg(rows_1.row_0, ','), '') || ']}' AS anon_2
FROM (
SELECT '{"uid":' || CAST(to_json(page_1.uid) AS TEXT) || ',"key":' || coalesce(CAST(to_json(page_1.key) AS TEXT), 'null') || '}' AS row_0
FROM (
SELECT lamindb_artifact_1.id AS id, lamindb_artifact_1.key AS key, lamindb_artifact_1.uid AS uid, lamindb_artifact_1.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1 AND lamindb_artifact_1.key != $1::VARCHAR AND NOT (lamindb_artifact_1.key = ANY ($2::TEXT[])) AND (lamindb_artifact_1.key COLLATE "C") <= $3::VARCHAR AND (lamindb_artifact_1.key COLLATE "C") > $4::VARCHAR AND strpos(lamindb_artifact_1.key, $5::VARCHAR) > 0 AND starts_with(lamindb_artifact_1.key, $6::VARCHAR) AND right(lamindb_artifact_1.key, length($7::VARCHAR)) = $7::VARCHAR
ORDER BY lamindb_artifact_1.id ASC
LIMIT 20 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_1, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_2.row_0, ','), '') || ']}' AS anon_4
FROM (
SELECT '{"uid":' || CAST(to_json(page_2.uid) AS TEXT) || ',"size":' || coalesce(CAST(page_2.size AS TEXT), 'null') || '}' AS row_0
FROM (
SELECT lamindb_artifact_2.id AS id, lamindb_artifact_2.size AS size, lamindb_artifact_2.uid AS uid, lamindb_artifact_2.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1 AND lamindb_artifact_2.id >= $8::BIGINT AND lamindb_artifact_2.id <= $9::BIGINT AND lamindb_artifact_2.size < $10::BIGINT AND lamindb_artifact_2.size >= $11::BIGINT
ORDER BY lamindb_artifact_2.id ASC
LIMIT 20 OFFSET 0) AS page_2
ORDER BY page_2.key_0 ASC) AS rows_2) AS anon_3, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_3.row_0, ','), '') || ']}' AS anon_6
FROM (
SELECT '{"uid":' || CAST(to_json(page_3.uid) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_artifact_3.id AS id, lamindb_artifact_3.uid AS uid, lamindb_artifact_3.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_3
WHERE lamindb_artifact_3.uid = ANY ($12::TEXT[]) AND lamindb_artifact_3.size = ANY ($13::BIGINT[]) AND NOT (lamindb_artifact_3.run_id = ANY ($14::BIGINT[]))
ORDER BY lamindb_artifact_3.id ASC
LIMIT 20 OFFSET 0) AS page_3
ORDER BY page_3.key_0 ASC) AS rows_3) AS anon_5, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_4.row_0, ','), '') || ']}' AS anon_8
FROM (
SELECT '{"uid":' || CAST(to_json(page_4.uid) AS TEXT) || ',"createdAt":' || CAST(to_json(page_4.created_at) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_artifact_4.created_at AS created_at, lamindb_artifact_4.id AS id, lamindb_artifact_4.uid AS uid, lamindb_artifact_4.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_4
WHERE lamindb_artifact_4.branch_id = 1 AND lamindb_artifact_4.created_at = $15::TIMESTAMP WITH TIME ZONE
ORDER BY lamindb_artifact_4.id ASC
LIMIT 20 OFFSET 0) AS page_4
ORDER BY page_4.key_0 ASC) AS rows_4) AS anon_7, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_5
WHERE lamindb_artifact_5.branch_id = 1 AND lamindb_artifact_5.created_at <= $16::TIMESTAMP WITH TIME ZONE AND lamindb_artifact_5.created_at > $17::TIMESTAMP WITH TIME ZONE) || '}' AS anon_10) AS anon_9, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_5.row_0, ','), '') || ']}' AS anon_12
FROM (
SELECT '{"uid":' || CAST(to_json(page_5.uid) AS TEXT) || ',"startDate":' || coalesce(CAST(to_json(page_5.start_date) AS TEXT), 'null') || '}' AS row_0
FROM (
SELECT lamindb_project_1.id AS id, lamindb_project_1.start_date AS start_date, lamindb_project_1.uid AS uid, lamindb_project_1.id AS key_0
FROM lamindb_project AS lamindb_project_1
WHERE lamindb_project_1.branch_id = 1 AND lamindb_project_1.start_date >= $18::DATE
ORDER BY lamindb_project_1.id ASC
LIMIT 20 OFFSET 0) AS page_5
ORDER BY page_5.key_0 ASC) AS rows_5) AS anon_11, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_6.row_0, ','), '') || ']}' AS anon_14
FROM (
SELECT '{"uid":' || CAST(to_json(page_6.uid) AS TEXT) || ',"status":' || CAST(to_json(CASE page_6._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(page_6._status_code AS TEXT) END) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_run_1._status_code AS _status_code, lamindb_run_1.id AS id, lamindb_run_1.uid AS uid, lamindb_run_1.id AS key_0
FROM lamindb_run AS lamindb_run_1
WHERE lamindb_run_1.branch_id = 1 AND lamindb_run_1._is_consecutive = $19::BOOLEAN AND CASE lamindb_run_1._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(lamindb_run_1._status_code AS TEXT) END = ANY ($20::TEXT[])
ORDER BY lamindb_run_1.id ASC
LIMIT 20 OFFSET 0) AS page_6
ORDER BY page_6.key_0 ASC) AS rows_6) AS anon_13;
-- ['x', ['y'], 'z', 'a', 'b', 'raw/', '.fastq', 2, 9, 4611686018427387904, 0, ['artifact0001', 'artifact0020'], [5, 7], [7], datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 3, 1, 12, 0, 0, 500000, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.timezone.utc), datetime.date(2026, 1, 1), True, ['completed', 'errored']]
