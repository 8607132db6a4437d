SELECT '{"ulabels":{"nodes":[' || group_concat(row, ',') || ']}}' FROM (
    SELECT json_object('name', l.name, 'artifacts', json_object('nodes', json((
        SELECT '[' || coalesce(group_concat(artifact, ','), '') || ']' FROM (
            SELECT json_object('uid', a.uid, 'run', CASE WHEN r.id IS NULL THEN NULL ELSE
                json_object('transform', json_object('key', t.key, 'createdBy', json_object('handle', u.handle)))
                END) AS artifact
            FROM lamindb_artifact a
            LEFT JOIN lamindb_run r ON r.id = a.run_id
            LEFT JOIN lamindb_transform t ON t.id = r.transform_id
            LEFT JOIN lamindb_user u ON u.id = t.created_by_id
            WHERE a.id IN (SELECT artifact_id FROM lamindb_artifactulabel WHERE ulabel_id = l.id)
            ORDER BY a.id LIMIT 10))))) AS row
    FROM lamindb_ulabel l WHERE l.branch_id = 1 ORDER BY l.id LIMIT 20)
