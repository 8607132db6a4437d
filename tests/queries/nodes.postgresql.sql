SELECT (
SELECT '[' || coalesce(string_agg(anon_3.row, ','), '') || ']' AS anon_2
FROM (
SELECT CASE anon_4.arm WHEN 0 THEN CASE WHEN (lamindb_run_1.id IS NULL) THEN 'null' ELSE '{"__typename":"Run","id":"Run:' || CAST(lamindb_run_1.id AS TEXT) || '","status":' || CAST(to_json(CASE lamindb_run_1._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(lamindb_run_1._status_code AS TEXT) END) AS TEXT) || ',"transform":' || CASE WHEN (lamindb_transform_1.id IS NULL) THEN 'null' ELSE '{"key":' || CAST(to_json(lamindb_transform_1.key) AS TEXT) || '}' END || '}' END WHEN 1 THEN CASE WHEN (lamindb_artifact_1.id IS NULL) THEN 'null' ELSE '{"__typename":"Artifact","id":"Artifact:' || CAST(lamindb_artifact_1.id AS TEXT) || '","uid":' || CAST(to_json(lamindb_artifact_1.uid) AS TEXT) || ',"createdBy":' || CASE WHEN (lamindb_user_1.id IS NULL) THEN 'null' ELSE '{"handle":' || CAST(to_json(lamindb_user_1.handle) AS TEXT) || '}' END || '}' END WHEN 2 THEN CASE WHEN (lamindb_user_2.id IS NULL) THEN 'null' ELSE '{"__typename":"User","id":"User:' || CAST(lamindb_user_2.id AS TEXT) || '"}' END END AS row
FROM unnest($1::BIGINT[], $2::BIGINT[]) WITH ORDINALITY AS anon_4(arm, key, position)
LEFT OUTER JOIN lamindb_run AS lamindb_run_1 ON anon_4.arm = 0 AND lamindb_run_1.id = anon_4.key
LEFT OUTER JOIN lamindb_transform AS lamindb_transform_1 ON lamindb_transform_1.id = lamindb_run_1.transform_id
LEFT OUTER JOIN lamindb_artifact AS lamindb_artifact_1 ON anon_4.arm = 1 AND lamindb_artifact_1.id = anon_4.key
LEFT OUTER JOIN lamindb_user AS lamindb_user_1 ON lamindb_user_1.id = lamindb_artifact_1.created_by_id
LEFT OUTER JOIN lamindb_user AS lamindb_user_2 ON anon_4.arm = 2 AND lamindb_user_2.id = anon_4.key
ORDER BY anon_4.position) AS anon_3) AS anon_1, (
SELECT '{"name":' || coalesce(CAST(to_json(lamindb_user_3.name) AS TEXT), 'null') || ',"createdArtifacts":' || (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.created_by_id = lamindb_user_3.id) || '}' AS anon_7) || '}' AS anon_6
FROM lamindb_user AS lamindb_user_3
WHERE lamindb_user_3.id = $3::BIGINT) AS anon_5;
-- [[0, 1, 0, 2, 1], [2, 5, 999, 1, 20], 3]
