SELECT json_build_object('ulabels', json_build_object('nodes', json_agg(row)))::text FROM (
    SELECT json_build_object('name', l.name, 'artifacts', json_build_object('nodes', artifacts.nodes)) AS row
    FROM (SELECT id, name FROM lamindb_ulabel WHERE branch_id = 1 ORDER BY id LIMIT 20) l
    LEFT JOIN LATERAL (
        SELECT coalesce(json_agg(artifact), '[]') AS nodes FROM (
            SELECT json_build_object('uid', a.uid, 'run', CASE WHEN r.id IS NULL THEN NULL ELSE
                json_build_object('transform', json_build_object(
                    'key', t.key, 'createdBy', json_build_object('handle', u.handle))) END) AS artifact
            FROM (
                SELECT id, uid, run_id FROM lamindb_artifact
                WHERE id = ANY (ARRAY (SELECT artifact_id FROM lamindb_artifactulabel WHERE ulabel_id = l.id))
                ORDER BY id LIMIT 10) a
            LEFT JOIN lamindb_run r ON r.id = a.run_id
            LEFT JOIN lamindb_transform t ON t.id = r.transform_id
            LEFT JOIN lamindb_user u ON u.id = t.created_by_id
            ORDER BY a.id) x) artifacts ON true
    ORDER BY l.id) rows
