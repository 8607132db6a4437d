SELECT json_build_object('artifacts', json_build_object('nodes', json_agg(row)))::text FROM (
    SELECT json_build_object('uid', a.uid, 'key', a.key,
        'createdBy', json_build_object('handle', u.handle),
        'run', CASE WHEN r.id IS NULL THEN NULL ELSE
            json_build_object('uid', r.uid, 'transform', json_build_object('key', t.key)) END,
        'ulabels', json_build_object('nodes', labels.nodes)) AS row
    FROM (SELECT * FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n) a
    LEFT JOIN lamindb_user u ON u.id = a.created_by_id
    LEFT JOIN lamindb_run r ON r.id = a.run_id
    LEFT JOIN lamindb_transform t ON t.id = r.transform_id
    LEFT JOIN LATERAL (
        SELECT coalesce(json_agg(x), '[]') AS nodes FROM (
            SELECT l.name FROM lamindb_ulabel l
            WHERE l.id = ANY (ARRAY (SELECT ulabel_id FROM lamindb_artifactulabel WHERE artifact_id = a.id))
            ORDER BY l.id LIMIT 20) x) labels ON true
    ORDER BY a.id) rows
