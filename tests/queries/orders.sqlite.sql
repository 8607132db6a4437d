SELECT (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_1.row_0, ','), ''), ']}') AS concat_1
FROM (
SELECT concat('{"uid":', json_quote(page_1.uid), ',"kind":', json_quote(page_1.kind), ',"size":', coalesce(page_1.size, 'null'), '}') AS row_0
FROM (
SELECT lamindb_artifact_1.id AS id, lamindb_artifact_1.kind AS kind, lamindb_artifact_1.size AS size, lamindb_artifact_1.uid AS uid, lamindb_artifact_1.kind AS key_0, lamindb_artifact_1.size AS key_1, lamindb_artifact_1.id AS key_2
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1
ORDER BY lamindb_artifact_1.kind ASC NULLS LAST, lamindb_artifact_1.size DESC NULLS LAST, lamindb_artifact_1.id ASC
LIMIT 9 OFFSET 0) AS page_1
ORDER BY page_1.key_0 ASC NULLS LAST, page_1.key_1 DESC NULLS LAST, page_1.key_2 ASC) AS rows_1) AS anon_1, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_2.row_0, ','), ''), ']}') AS concat_2
FROM (
SELECT concat('{"uid":', json_quote(page_2.uid), '}') AS row_0
FROM (
SELECT lamindb_artifact_2.id AS id, lamindb_artifact_2.uid AS uid, lamindb_transform_1."key" AS key_0, lamindb_user_1.handle AS key_1, lamindb_artifact_2.id AS key_2
FROM lamindb_artifact AS lamindb_artifact_2
LEFT OUTER JOIN lamindb_run AS lamindb_run_1 ON lamindb_run_1.id = lamindb_artifact_2.run_id
LEFT OUTER JOIN lamindb_transform AS lamindb_transform_1 ON lamindb_transform_1.id = lamindb_run_1.transform_id
LEFT OUTER JOIN lamindb_user AS lamindb_user_1 ON lamindb_user_1.id = lamindb_artifact_2.created_by_id
WHERE lamindb_artifact_2.branch_id = 1
ORDER BY lamindb_transform_1."key" DESC NULLS FIRST, lamindb_user_1.handle ASC NULLS LAST, lamindb_artifact_2.id ASC
LIMIT 9 OFFSET 0) AS page_2
ORDER BY page_2.key_0 DESC NULLS FIRST, page_2.key_1 ASC NULLS LAST, page_2.key_2 ASC) AS rows_2) AS anon_2, (
SELECT concat('{"nodes":[', coalesce(group_concat(rows_3.row_0, ','), ''), ']}') AS concat_3
FROM (
SELECT concat('{"uid":', json_quote(page_3.uid), ',"records":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_record AS lamindb_record_1
WHERE lamindb_record_1.id IN (
SELECT lamindb_artifactrecord_1.record_id
FROM lamindb_artifactrecord AS lamindb_artifactrecord_1
WHERE lamindb_artifactrecord_1.artifact_id = page_3.id)), '}') AS concat_4), ',"ulabels":', (
SELECT concat('{"totalCount":', (
SELECT CAST(count(*) AS TEXT) AS count_2
FROM lamindb_ulabel AS lamindb_ulabel_1
WHERE lamindb_ulabel_1.id IN (
SELECT lamindb_artifactulabel_1.ulabel_id
FROM lamindb_artifactulabel AS lamindb_artifactulabel_1
WHERE lamindb_artifactulabel_1.artifact_id = page_3.id)), '}') AS concat_5), '}') AS row_0
FROM (
SELECT lamindb_artifact_3.id AS id, lamindb_artifact_3.uid AS uid, (
SELECT count(DISTINCT lamindb_record_2.id) AS count_3
FROM lamindb_artifactrecord AS lamindb_artifactrecord_2 JOIN lamindb_record AS lamindb_record_2 ON lamindb_record_2.id = lamindb_artifactrecord_2.record_id
WHERE lamindb_artifactrecord_2.artifact_id = lamindb_artifact_3.id) AS key_0, (
SELECT count(DISTINCT lamindb_ulabel_2.id) AS count_4
FROM lamindb_artifactulabel AS lamindb_artifactulabel_2 JOIN lamindb_ulabel AS lamindb_ulabel_2 ON lamindb_ulabel_2.id = lamindb_artifactulabel_2.ulabel_id
WHERE lamindb_artifactulabel_2.artifact_id = lamindb_artifact_3.id) AS key_1, lamindb_artifact_3.id AS key_2
FROM lamindb_artifact AS lamindb_artifact_3
WHERE lamindb_artifact_3.branch_id = 1
ORDER BY (
SELECT count(DISTINCT lamindb_record_2.id) AS count_3
FROM lamindb_artifactrecord AS lamindb_artifactrecord_2 JOIN lamindb_record AS lamindb_record_2 ON lamindb_record_2.id = lamindb_artifactrecord_2.record_id
WHERE lamindb_artifactrecord_2.artifact_id = lamindb_artifact_3.id) DESC, (
SELECT count(DISTINCT lamindb_ulabel_2.id) AS count_4
FROM lamindb_artifactulabel AS lamindb_artifactulabel_2 JOIN lamindb_ulabel AS lamindb_ulabel_2 ON lamindb_ulabel_2.id = lamindb_artifactulabel_2.ulabel_id
WHERE lamindb_artifactulabel_2.artifact_id = lamindb_artifact_3.id) ASC, lamindb_artifact_3.id ASC
LIMIT 9 OFFSET 0) AS page_3
ORDER BY page_3.key_0 DESC, page_3.key_1 ASC, page_3.key_2 ASC) AS rows_3) AS anon_3;
-- []
