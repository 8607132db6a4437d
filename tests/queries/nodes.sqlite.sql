SELECT (
SELECT concat('[', coalesce(group_concat(anon_2."row", ','), ''), ']') AS concat_1
FROM (
SELECT CASE anon_3.arm WHEN 0 THEN CASE WHEN (lamindb_run_1.id IS NULL) THEN 'null' ELSE concat('{"__typename":"Run","id":"Run:', lamindb_run_1.id, '","status":', json_quote(CASE lamindb_run_1._status_code WHEN -3 THEN 'scheduled' WHEN -2 THEN 'restarted' WHEN -1 THEN 'started' WHEN 0 THEN 'completed' WHEN 1 THEN 'errored' WHEN 2 THEN 'aborted' ELSE CAST(lamindb_run_1._status_code AS TEXT) END), ',"transform":', CASE WHEN (lamindb_transform_1.id IS NULL) THEN 'null' ELSE concat('{"key":', json_quote(lamindb_transform_1."key"), '}') END, '}') END WHEN 1 THEN CASE WHEN (lamindb_artifact_1.id IS NULL) THEN 'null' ELSE concat('{"__typename":"Artifact","id":"Artifact:', lamindb_artifact_1.id, '","uid":', json_quote(lamindb_artifact_1.uid), ',"createdBy":', CASE WHEN (lamindb_user_1.id IS NULL) THEN 'null' ELSE concat('{"handle":', json_quote(lamindb_user_1.handle), '}') END, '}') END WHEN 2 THEN CASE WHEN (lamindb_user_2.id IS NULL) THEN 'null' ELSE concat('{"__typename":"User","id":"User:', lamindb_user_2.id, '"}') END END AS "row"
FROM (
SELECT anon_4."key" AS position, json_extract(anon_4.value, '$[0]') AS arm, json_extract(anon_4.value, '$[1]') AS "key"
FROM json_each(?) AS anon_4) AS anon_3
LEFT OUTER JOIN lamindb_run AS lamindb_run_1 ON anon_3.arm = 0 AND lamindb_run_1.id = anon_3."key"
LEFT OUTER JOIN lamindb_transform AS lamindb_transform_1 ON lamindb_transform_1.id = lamindb_run_1.transform_id
LEFT OUTER JOIN lamindb_artifact AS lamindb_artifact_1 ON anon_3.arm = 1 AND lamindb_artifact_1.id = anon_3."key"
LEFT OUTER JOIN lamindb_user AS lamindb_user_1 ON lamindb_user_1.id = lamindb_artifact_1.created_by_id
LEFT OUTER JOIN lamindb_user AS lamindb_user_2 ON anon_3.arm = 2 AND lamindb_user_2.id = anon_3."key"
ORDER BY anon_3.position) AS anon_2) AS anon_1, (
SELECT concat('{"name":', json_quote(lamindb_user_3.name), ',"createdArtifacts":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.created_by_id = lamindb_user_3.id), '}') AS concat_3), '}') AS concat_2
FROM lamindb_user AS lamindb_user_3
WHERE lamindb_user_3.id = ?) AS anon_5;
-- ['[[0,2],[1,5],[0,999],[2,1],[1,20]]', 3]
