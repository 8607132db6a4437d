SELECT json_object('artifacts', json_object(
    'totalCount', (
        SELECT count(*) FROM lamindb_artifact
        WHERE branch_id = 1 AND size > :size AND suffix = :suffix
            AND created_by_id = (SELECT id FROM lamindb_user WHERE handle = :handle)),
    'nodes', json((
        SELECT '[' || coalesce(group_concat(row, ','), '') || ']' FROM (
            SELECT json_object('uid', uid, 'key', key, 'size', size, 'createdAt', replace(
                CASE WHEN length(created_at) > 19 THEN rtrim(rtrim(created_at, '0'), '.') ELSE created_at END,
                ' ', 'T') || '+00:00') AS row
            FROM lamindb_artifact
            WHERE branch_id = 1 AND size > :size AND suffix = :suffix
                AND created_by_id = (SELECT id FROM lamindb_user WHERE handle = :handle)
            ORDER BY created_at DESC, id LIMIT 20)))))
