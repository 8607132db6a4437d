SELECT (
SELECT concat('{"uid":', json_quote(lamindb_artifact_1.uid), ',"key":', json_quote(lamindb_artifact_1."key"), ',"createdBy":', CASE WHEN (lamindb_user_1.id IS NULL) THEN 'null' ELSE concat('{"handle":', json_quote(lamindb_user_1.handle), '}') END, ',"run":', CASE WHEN (lamindb_run_1.id IS NULL) THEN 'null' ELSE concat('{"uid":', json_quote(lamindb_run_1.uid), ',"transform":', CASE WHEN (lamindb_transform_1.id IS NULL) THEN 'null' ELSE concat('{"key":', json_quote(lamindb_transform_1."key"), '}') END, ',"initiatedByRun":', CASE WHEN (lamindb_run_2.id IS NULL) THEN 'null' ELSE concat('{"uid":', json_quote(lamindb_run_2.uid), '}') END, '}') END, '}') AS concat_1
FROM lamindb_artifact AS lamindb_artifact_1
LEFT OUTER JOIN lamindb_user AS lamindb_user_1 ON lamindb_user_1.id = lamindb_artifact_1.created_by_id
LEFT OUTER JOIN lamindb_run AS lamindb_run_1 ON lamindb_run_1.id = lamindb_artifact_1.run_id
LEFT OUTER JOIN lamindb_transform AS lamindb_transform_1 ON lamindb_transform_1.id = lamindb_run_1.transform_id
LEFT OUTER JOIN lamindb_run AS lamindb_run_2 ON lamindb_run_2.id = lamindb_run_1.initiated_by_run_id
WHERE lamindb_artifact_1.uid = ?) AS anon_1, (
SELECT concat('{"uid":', json_quote(lamindb_artifact_2.uid), '}') AS concat_2
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.id = ?) AS anon_2;
-- ['artifact0002', 999]
