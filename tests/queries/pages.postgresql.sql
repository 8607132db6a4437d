SELECT (
SELECT '{"totalCount":' || (
SELECT CAST(count(*) AS TEXT) AS count_1
FROM lamindb_artifact AS lamindb_artifact_1
WHERE lamindb_artifact_1.branch_id = 1) || ',"edges":[' || coalesce(string_agg(rows_1.row_1, ',') FILTER (WHERE rows_1.number <= 3), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (count(*) > 3) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":true,"startCursor":' || coalesce('"' || max(rows_1.cursor) FILTER (WHERE rows_1.number = 1 AND rows_1.number <= 3) || '"', 'null') || ',"endCursor":' || coalesce('"' || substr(max(CAST(rows_1.number + 1000000000 AS TEXT) || rows_1.cursor) FILTER (WHERE rows_1.number <= 3), 11) || '"', 'null') || '}}' AS anon_2
FROM (
SELECT '{"cursor":"' || $1::VARCHAR || encode(convert_to('[' || coalesce(CAST(page_1.key_0 AS TEXT), 'null') || ',' || coalesce(CAST(to_json(page_1.key_1) AS TEXT), 'null') || ',' || CAST(page_1.key_2 AS TEXT) || ']', 'UTF8'), 'hex') || '","node":{"uid":' || CAST(to_json(page_1.uid) AS TEXT) || ',"size":' || coalesce(CAST(page_1.size AS TEXT), 'null') || ',"key":' || coalesce(CAST(to_json(page_1.key) AS TEXT), 'null') || '}}' AS row_1, $1::VARCHAR || encode(convert_to('[' || coalesce(CAST(page_1.key_0 AS TEXT), 'null') || ',' || coalesce(CAST(to_json(page_1.key_1) AS TEXT), 'null') || ',' || CAST(page_1.key_2 AS TEXT) || ']', 'UTF8'), 'hex') AS cursor, row_number() OVER (ORDER BY page_1.key_0 DESC NULLS FIRST, page_1.key_1 ASC NULLS LAST, page_1.key_2 ASC) AS number
FROM (
SELECT lamindb_artifact_2.id AS id, lamindb_artifact_2.key AS key, lamindb_artifact_2.size AS size, lamindb_artifact_2.uid AS uid, lamindb_artifact_2.size AS key_0, lamindb_artifact_2.key COLLATE "C" AS key_1, lamindb_artifact_2.id AS key_2
FROM lamindb_artifact AS lamindb_artifact_2
WHERE lamindb_artifact_2.branch_id = 1
ORDER BY lamindb_artifact_2.size DESC NULLS FIRST, lamindb_artifact_2.key COLLATE "C" ASC NULLS LAST, lamindb_artifact_2.id ASC
LIMIT 3 + 1 OFFSET $2::BIGINT) AS page_1
ORDER BY page_1.key_0 DESC NULLS FIRST, page_1.key_1 ASC NULLS LAST, page_1.key_2 ASC) AS rows_1) AS anon_1, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_2.row_0, ',') FILTER (WHERE rows_2.number <= 2), '') || '],"pageInfo":{"hasNextPage":false,"hasPreviousPage":' || CASE WHEN (count(*) > 2) THEN 'true' ELSE 'false' END || ',"startCursor":' || coalesce('"' || substr(max(CAST(rows_2.number + 1000000000 AS TEXT) || rows_2.cursor) FILTER (WHERE rows_2.number <= 2), 11) || '"', 'null') || ',"endCursor":' || coalesce('"' || max(rows_2.cursor) FILTER (WHERE rows_2.number = 1 AND rows_2.number <= 2) || '"', 'null') || '}}' AS anon_4
FROM (
SELECT '{"uid":' || CAST(to_json(page_2.uid) AS TEXT) || '}' AS row_0, $3::VARCHAR || encode(convert_to('[' || coalesce(CAST(to_json(page_2.key_0) AS TEXT), 'null') || ',' || CAST(page_2.key_1 AS TEXT) || ']', 'UTF8'), 'hex') AS cursor, row_number() OVER (ORDER BY page_2.key_0 DESC NULLS FIRST, page_2.key_1 DESC) AS number
FROM (
SELECT lamindb_run_1.id AS id, lamindb_run_1.uid AS uid, lamindb_run_1.finished_at AS key_0, lamindb_run_1.id AS key_1
FROM lamindb_run AS lamindb_run_1
WHERE lamindb_run_1.branch_id = 1
ORDER BY lamindb_run_1.finished_at DESC NULLS FIRST, lamindb_run_1.id DESC
LIMIT 2 + 1 OFFSET 0) AS page_2
ORDER BY page_2.key_0 ASC NULLS LAST, page_2.key_1 ASC) AS rows_2) AS anon_3, (
SELECT '{"nodes":[' || coalesce(string_agg(rows_4.row_0, ','), '') || ']}' AS anon_6
FROM (
SELECT '{"artifacts":' || (
SELECT '{"edges":[' || coalesce(string_agg(rows_3.row_0, ',') FILTER (WHERE rows_3.number <= 1), '') || '],"pageInfo":{"hasNextPage":' || CASE WHEN (count(*) > 1) THEN 'true' ELSE 'false' END || '}}' AS anon_7
FROM (
SELECT '{"cursor":"' || $4::VARCHAR || encode(convert_to('[' || coalesce(CAST(to_json(page_3.key_0) AS TEXT), 'null') || ',' || CAST(page_3.key_1 AS TEXT) || ']', 'UTF8'), 'hex') || '"}' AS row_0, $4::VARCHAR || encode(convert_to('[' || coalesce(CAST(to_json(page_3.key_0) AS TEXT), 'null') || ',' || CAST(page_3.key_1 AS TEXT) || ']', 'UTF8'), 'hex') AS cursor, row_number() OVER (ORDER BY page_3.key_0 DESC NULLS FIRST, page_3.key_1 ASC) AS number
FROM (
SELECT lamindb_artifact_3.id AS id, lamindb_artifact_3.key COLLATE "C" AS key_0, lamindb_artifact_3.id AS key_1
FROM lamindb_artifact AS lamindb_artifact_3
WHERE lamindb_artifact_3.id = ANY (array((
SELECT lamindb_artifactulabel_1.artifact_id
FROM lamindb_artifactulabel AS lamindb_artifactulabel_1
WHERE lamindb_artifactulabel_1.ulabel_id = lamindb_ulabel_1.id)))
ORDER BY lamindb_artifact_3.key COLLATE "C" DESC NULLS FIRST, lamindb_artifact_3.id ASC
LIMIT 1 + 1 OFFSET 0) AS page_3
ORDER BY page_3.key_0 DESC NULLS FIRST, page_3.key_1 ASC) AS rows_3) || '}' AS row_0
FROM lamindb_ulabel AS lamindb_ulabel_1
WHERE lamindb_ulabel_1.branch_id = 1
ORDER BY lamindb_ulabel_1.id ASC
LIMIT 3 OFFSET 0) AS rows_4) AS anon_5;
-- ['66ed4009', 2, 'a2b23815', '2a5dcbf3']
