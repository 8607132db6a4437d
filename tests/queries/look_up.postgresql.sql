SELECT (
SELECT '{"uid":' || CAST(to_json(lamindb_artifact_1.uid) AS TEXT) || ',"key":' || coalesce(CAST(to_json(lamindb_artifact_1.key) AS TEXT), 'null') || ',"createdBy":' || CASE WHEN (lamindb_user_1.id IS NULL) THEN 'null' ELSE '{"handle":' || CAST(to_json(lamindb_user_1.handle) AS TEXT) || '}' END || ',"run":' || CASE WHEN (lamindb_run_1.id IS NULL) THEN 'null' ELSE '{"uid":' || CAST(to_json(lamindb_run_1.uid) AS TEXT) || ',"transform":' || CASE WHEN (lamindb_transform_1.id IS NULL) THEN 'null' ELSE '{"key":' || CAST(to_json(lamindb_transform_1.key) AS TEXT) || '}' END || ',"initiatedByRun":' || CASE WHEN (lamindb_run_2.id IS NULL) THEN 'null' ELSE '{"uid":' || CAST(to_json(lamindb_run_2.uid) AS TEXT) || '}' END || '}' END || '}' AS anon_2
FROM lamindb_artifact AS lamindb_artifact_1
LEFT OUTER JOIN lamindb_user AS lamindb_user_1 ON lamindb_user_1.id = lamindb_artifact_1.created_by_id
LEFT OUTER JOIN lamindb_run AS lamindb_run_1 ON lamindb_run_1.id = lamindb_artifact_1.run_id
LEFT OUTER JOIN lamindb_transform AS lamindb_transform_1 ON lamindb_transform_1.id = lamindb_run_1.transform_id
LEFT OUTER JOIN lamindb_run AS lamindb_run_2 ON lamindb_run_2.id = lamindb_run_1.initiated_by_run_id
WHERE lamindb_artifact_1.uid = $1::VARCHAR) AS anon_1, (
SELECT '{"uid":' || CAST(to_json(lamindb_artifact_2.uid) AS TEXT) || '}' AS anon_4
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.id = $2::BIGINT) AS anon_3;
-- ['artifact0002', 999]
