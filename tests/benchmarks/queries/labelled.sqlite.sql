SELECT '{"artifacts":{"nodes":[' || coalesce(group_concat(row, ','), '') || ']}}' FROM (
    SELECT json_object('uid', uid, 'key', key, 'size', size) AS row FROM lamindb_artifact
    WHERE branch_id = 1 AND id IN (
        SELECT artifact_id FROM lamindb_artifactulabel
        WHERE ulabel_id IN (SELECT id FROM lamindb_ulabel WHERE name = :label))
    ORDER BY id LIMIT 100)
