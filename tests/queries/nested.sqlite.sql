SELECT concat('{"nodes":[', coalesce(group_concat(rows_4.row_0, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"uid":', json_quote(lamindb_artifact_1.uid), ',"createdBy":', CASE WHEN (lamindb_user_1.id IS NULL) THEN 'null' ELSE concat('{"handle":', json_quote(lamindb_user_1.handle), ',"name":', json_quote(lamindb_user_1.name), '}') END, ',"run":', CASE WHEN (lamindb_run_1.id IS NULL) THEN 'null' ELSE concat('{"status":', json_quote(CASE lamindb_run_1._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(lamindb_run_1._status_code AS TEXT) END), ',"transform":', CASE WHEN (lamindb_transform_1.id IS NULL) THEN 'null' ELSE concat('{"key":', json_quote(lamindb_transform_1."key"), ',"runs":', (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_2
FROM (
SELECT concat('{"uid":', json_quote(page_1.uid), '}') AS row_0
FROM (
SELECT lamindb_run_2.id AS id, lamindb_run_2.uid AS uid, lamindb_run_2.id AS key_0
FROM lamindb_run AS lamindb_run_2
WHERE lamindb_run_2.transform_id = lamindb_transform_1.id
ORDER BY lamindb_run_2.id DESC
LIMIT 1 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_1), '}') END, '}') END, ',"ulabels":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_ulabel AS lamindb_ulabel_1
WHERE lamindb_ulabel_1.id IN (
SELECT lamindb_artifactulabel_1.ulabel_id
FROM lamindb_artifactulabel AS lamindb_artifactulabel_1
WHERE lamindb_artifactulabel_1.artifact_id = lamindb_artifact_1.id)), ',"nodes":[', coalesce(group_concat(rows_2.row_1, ','), ''), ']}') AS concat_3
FROM (
SELECT concat('{"name":', json_quote(page_2.name), ',"createdBy":', CASE WHEN (lamindb_user_2.id IS NULL) THEN 'null' ELSE concat('{"handle":', json_quote(lamindb_user_2.handle), '}') END, '}') AS row_1
FROM (
SELECT lamindb_ulabel_2.created_by_id AS created_by_id, lamindb_ulabel_2.id AS id, lamindb_ulabel_2.name AS name, lamindb_ulabel_2.name AS key_0, lamindb_ulabel_2.id AS key_1
FROM lamindb_ulabel AS lamindb_ulabel_2
WHERE lamindb_ulabel_2.id IN (
SELECT lamindb_artifactulabel_2.ulabel_id
FROM lamindb_artifactulabel AS lamindb_artifactulabel_2
WHERE lamindb_artifactulabel_2.artifact_id = lamindb_artifact_1.id)
ORDER BY lamindb_ulabel_2.name DESC, lamindb_ulabel_2.id ASC
LIMIT 2 OFFSET 0) AS page_2
LEFT OUTER JOIN lamindb_user AS lamindb_user_2 ON lamindb_user_2.id = page_2.created_by_id
ORDER BY page_2.key_0 DESC, page_2.key_1 ASC) AS rows_2), ',"records":', (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_3.row_0, ','), ''), ']}') AS concat_4
FROM (
SELECT concat('{"name":', json_quote(page_3.name), ',"type":', CASE WHEN (lamindb_record_1.id IS NULL) THEN 'null' ELSE concat('{"name":', json_quote(lamindb_record_1.name), '}') END, '}') AS row_0
FROM (
SELECT lamindb_record_2.id AS id, lamindb_record_2.name AS name, lamindb_record_2.type_id AS type_id, lamindb_record_2.id AS key_0
FROM lamindb_record AS lamindb_record_2
WHERE lamindb_record_2.id IN (
SELECT lamindb_artifactrecord_1.record_id
FROM lamindb_artifactrecord AS lamindb_artifactrecord_1
WHERE lamindb_artifactrecord_1.artifact_id = lamindb_artifact_1.id) AND lamindb_record_2.name IS NOT NULL
ORDER BY lamindb_record_2.id ASC
LIMIT 20 OFFSET 0) AS page_3
LEFT OUTER JOIN lamindb_record AS lamindb_record_1 ON lamindb_record_1.id = page_3.type_id
ORDER BY page_3.key_0 ASC) AS rows_3), '}') AS row_0
FROM lamindb_artifact AS lamindb_artifact_1
LEFT OUTER JOIN lamindb_user AS lamindb_user_1 ON lamindb_user_1.id = lamindb_artifact_1.created_by_id
LEFT OUTER JOIN lamindb_run AS lamindb_run_1 ON lamindb_run_1.id = lamindb_artifact_1.run_id
LEFT OUTER JOIN lamindb_transform AS lamindb_transform_1 ON lamindb_transform_1.id = lamindb_run_1.transform_id
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.id ASC
LIMIT 3 OFFSET ?) AS rows_4;
-- [1]
