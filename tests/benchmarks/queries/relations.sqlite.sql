SELECT '{"artifacts":{"nodes":[' || group_concat(row, ',') || ']}}' FROM (
    SELECT json_object('uid', a.uid, 'key', a.key,
        'createdBy', json_object('handle', u.handle),
        'run', CASE WHEN r.id IS NULL THEN NULL ELSE
            json_object('uid', r.uid, 'transform', json_object('key', t.key)) END,
        'ulabels', json_object('nodes', json((
            SELECT '[' || coalesce(group_concat(label, ','), '') || ']' FROM (
                SELECT json_object('name', l.name) AS label FROM lamindb_ulabel l
                WHERE l.id IN (SELECT ulabel_id FROM lamindb_artifactulabel WHERE artifact_id = a.id)
                ORDER BY l.id LIMIT 20))))) AS row
    FROM (SELECT * FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n) a
    LEFT JOIN lamindb_user u ON u.id = a.created_by_id
    LEFT JOIN lamindb_run r ON r.id = a.run_id
    LEFT JOIN lamindb_transform t ON t.id = r.transform_id
    ORDER BY a.id)
