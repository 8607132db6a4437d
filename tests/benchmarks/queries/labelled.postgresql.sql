SELECT json_build_object('artifacts', json_build_object('nodes', coalesce(json_agg(t), '[]')))::text FROM (
    SELECT uid, key, size FROM lamindb_artifact
    WHERE branch_id = 1 AND id IN (
        SELECT artifact_id FROM lamindb_artifactulabel
        WHERE ulabel_id IN (SELECT id FROM lamindb_ulabel WHERE name = :label))
    ORDER BY id LIMIT 100) t
