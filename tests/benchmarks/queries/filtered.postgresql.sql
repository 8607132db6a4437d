SELECT json_build_object('artifacts', json_build_object(
    'totalCount', (
        SELECT count(*) FROM lamindb_artifact
        WHERE branch_id = 1 AND size > :size AND suffix = :suffix
            AND created_by_id = (SELECT id FROM lamindb_user WHERE handle = :handle)),
    'nodes', (
        SELECT coalesce(json_agg(t), '[]') FROM (
            SELECT uid, key, size, created_at AS "createdAt" FROM lamindb_artifact
            WHERE branch_id = 1 AND size > :size AND suffix = :suffix
                AND created_by_id = (SELECT id FROM lamindb_user WHERE handle = :handle)
            ORDER BY created_at DESC, id LIMIT 20) t)))::text
