SELECT json_build_object('artifacts', json_build_object('nodes', coalesce(json_agg(row), '[]')))::text FROM (
    SELECT json_build_object('uid', a.uid, 'features', (
        SELECT json_agg(item) FROM (
            SELECT json_build_object('name', 'temperature', 'value', v.value) AS item
            FROM lamindb_artifactjsonvalue l JOIN lamindb_jsonvalue v ON v.id = l.jsonvalue_id
            WHERE l.artifact_id = a.id AND v.feature_id = (SELECT id FROM lamindb_feature WHERE name = 'temperature')
            UNION ALL
            SELECT json_build_object('name', 'assay', 'value', u.name)
            FROM lamindb_artifactulabel l JOIN lamindb_ulabel u ON u.id = l.ulabel_id
            WHERE l.artifact_id = a.id AND l.feature_id = (SELECT id FROM lamindb_feature WHERE name = 'assay')) items)) AS row
    FROM lamindb_artifact a
    WHERE branch_id = 1
        AND EXISTS (
            SELECT 1 FROM lamindb_artifactulabel l JOIN lamindb_ulabel u ON u.id = l.ulabel_id
            WHERE l.artifact_id = a.id AND u.name = :assay
                AND l.feature_id = (SELECT id FROM lamindb_feature WHERE name = 'assay'))
        AND EXISTS (
            SELECT 1 FROM lamindb_artifactjsonvalue l JOIN lamindb_jsonvalue v ON v.id = l.jsonvalue_id
            WHERE l.artifact_id = a.id AND v.feature_id = (SELECT id FROM lamindb_feature WHERE name = 'temperature')
                AND (v.value #>> '{}')::float8 > :temperature)
    ORDER BY a.id LIMIT 100) t
