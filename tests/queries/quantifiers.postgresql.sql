SELECT (
SELECT '{"nodes":[' || coalesce(string_agg(rows_1.row_0, ','), '') || ']}' AS anon_2
FROM (
SELECT '{"uid":' || CAST(to_json(page_1.uid) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_artifact_1.id AS id, lamindb_artifact_1.uid AS uid, lamindb_artifact_1.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1 AND lamindb_artifact_1.id IN (
SELECT lamindb_artifactrecord_1.artifact_id
FROM lamindb_artifactrecord AS lamindb_artifactrecord_1 JOIN lamindb_record AS lamindb_record_1 ON lamindb_record_1.id = lamindb_artifactrecord_1.record_id
WHERE lamindb_record_1.name = $1::VARCHAR AND lamindb_record_1.type_id IS NOT NULL AND lamindb_record_1.type_id IN (
SELECT lamindb_record_2.id
FROM lamindb_record AS lamindb_record_2
WHERE lamindb_record_2.name = $2::VARCHAR))
ORDER BY lamindb_artifact_1.id ASC
LIMIT 20 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC) AS rows_1) AS anon_1, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_2.row_0, ','), '') || ']}' AS anon_4
FROM (
SELECT '{"uid":' || CAST(to_json(page_2.uid) AS TEXT) || '}' AS row_0
FROM (
SELECT lamindb_artifact_2.id AS id, lamindb_artifact_2.uid AS uid, lamindb_artifact_2.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1 AND lamindb_artifact_2.id IN (
SELECT lamindb_artifactrecord_2.artifact_id
FROM lamindb_artifactrecord AS lamindb_artifactrecord_2 JOIN lamindb_record AS lamindb_record_3 ON lamindb_record_3.id = lamindb_artifactrecord_2.record_id
WHERE lamindb_record_3.name = $3::VARCHAR) AND (EXISTS (
SELECT 1
FROM lamindb_artifactrecord AS lamindb_artifactrecord_3 JOIN lamindb_record AS lamindb_record_4 ON lamindb_record_4.id = lamindb_artifactrecord_3.record_id
WHERE lamindb_artifactrecord_3.artifact_id = lamindb_artifact_2.id AND starts_with(lamindb_record_4.name, $4::VARCHAR)))
ORDER BY lamindb_artifact_2.id ASC
LIMIT 20 OFFSET 0) AS page_2
ORDER BY page_2.key_0 ASC) AS rows_2) AS anon_3, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_3
WHERE lamindb_artifact_3.branch_id = 1 AND NOT (EXISTS (
SELECT 1
FROM lamindb_artifactrecord AS lamindb_artifactrecord_4 JOIN lamindb_record AS lamindb_record_5 ON lamindb_record_5.id = lamindb_artifactrecord_4.record_id
WHERE lamindb_artifactrecord_4.artifact_id = lamindb_artifact_3.id AND (lamindb_record_5.name IS NOT NULL) IS NOT true))) || '}' AS anon_6) AS anon_5, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_artifact AS lamindb_artifact_4
WHERE lamindb_artifact_4.branch_id = 1 AND NOT (EXISTS (
SELECT 1
FROM lamindb_artifactrecord AS lamindb_artifactrecord_5 JOIN lamindb_record AS lamindb_record_6 ON lamindb_record_6.id = lamindb_artifactrecord_5.record_id
WHERE lamindb_artifactrecord_5.artifact_id = lamindb_artifact_4.id AND lamindb_record_6.branch_id != $5::BIGINT))) || '}' AS anon_8) AS anon_7, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_3
FROM lamindb_artifact AS lamindb_artifact_5
WHERE lamindb_artifact_5.branch_id = 1 AND (
SELECT count(DISTINCT lamindb_record_7.id) AS count_4
FROM lamindb_artifactrecord AS lamindb_artifactrecord_6 JOIN lamindb_record AS lamindb_record_7 ON lamindb_record_7.id = lamindb_artifactrecord_6.record_id
WHERE lamindb_artifactrecord_6.artifact_id = lamindb_artifact_5.id) >= $6::BIGINT) || '}' AS anon_10) AS anon_9, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_3.row_0, ','), '') || ']}' AS anon_12
FROM (
SELECT '{"uid":' || CAST(to_json(page_3.uid) AS TEXT) || ',"run":' || CASE WHEN (lamindb_run_1.id IS NULL) THEN 'null' ELSE '{"name":' || coalesce(CAST(to_json(lamindb_run_1.name) AS TEXT), 'null') || '}' END || '}' AS row_0
FROM (
SELECT lamindb_artifact_6.id AS id, lamindb_artifact_6.run_id AS run_id, lamindb_artifact_6.uid AS uid, lamindb_artifact_6.id AS key_0
FROM lamindb_artifact AS lamindb_artifact_6
WHERE lamindb_artifact_6.branch_id = 1 AND NOT (EXISTS (
SELECT 1
FROM lamindb_run AS lamindb_run_2
WHERE lamindb_run_2.id = lamindb_artifact_6.run_id AND (lamindb_run_2.name = $7::VARCHAR) IS NOT true))
ORDER BY lamindb_artifact_6.id ASC
LIMIT 20 OFFSET 0) AS page_3
LEFT OUTER JOIN lamindb_run AS lamindb_run_1 ON lamindb_run_1.id = page_3.run_id
ORDER BY page_3.key_0 ASC) AS rows_3) AS anon_11, (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_5
FROM lamindb_artifact AS lamindb_artifact_7
WHERE lamindb_artifact_7.branch_id = 1 AND lamindb_artifact_7.run_id IS NOT NULL AND lamindb_artifact_7.run_id IN (
SELECT lamindb_run_3.id
FROM lamindb_run AS lamindb_run_3
WHERE lamindb_run_3.transform_id IN (
SELECT lamindb_transform_1.id
FROM lamindb_transform AS lamindb_transform_1
WHERE lamindb_transform_1.id IN (
SELECT lamindb_run_4.transform_id
FROM lamindb_run AS lamindb_run_4
WHERE lamindb_run_4.name = $8::VARCHAR)))) || '}' AS anon_14) AS anon_13;
-- ['kidney', 'liver', 'kidney', 'i', 1, 2, 'first', 'second']
