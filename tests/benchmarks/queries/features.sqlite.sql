WITH assay AS (SELECT id FROM lamindb_feature WHERE name = 'assay'),
    temperature AS (SELECT id FROM lamindb_feature WHERE name = 'temperature')
SELECT '{"artifacts":{"nodes":[' || coalesce(group_concat(row, ','), '') || ']}}' FROM (
    SELECT json_object('uid', a.uid, 'features', json((
        SELECT '[' || group_concat(item, ',') || ']' FROM (
            SELECT json_object('name', 'temperature', 'value', json(v.value)) AS item
            FROM lamindb_artifactjsonvalue l JOIN lamindb_jsonvalue v ON v.id = l.jsonvalue_id
            WHERE l.artifact_id = a.id AND v.feature_id = (SELECT id FROM temperature)
            UNION ALL
            SELECT json_object('name', 'assay', 'value', u.name)
            FROM lamindb_artifactulabel l JOIN lamindb_ulabel u ON u.id = l.ulabel_id
            WHERE l.artifact_id = a.id AND l.feature_id = (SELECT id FROM assay))))) AS row
    FROM lamindb_artifact a
    WHERE branch_id = 1
        AND EXISTS (
            SELECT 1 FROM lamindb_artifactulabel l JOIN lamindb_ulabel u ON u.id = l.ulabel_id
            WHERE l.artifact_id = a.id AND l.feature_id = (SELECT id FROM assay) AND u.name = :assay)
        AND EXISTS (
            SELECT 1 FROM lamindb_artifactjsonvalue l JOIN lamindb_jsonvalue v ON v.id = l.jsonvalue_id
            WHERE l.artifact_id = a.id AND v.feature_id = (SELECT id FROM temperature)
                AND v.value ->> '$' > :temperature)
    ORDER BY a.id LIMIT 100)
