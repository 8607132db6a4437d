SELECT json_build_object('artifacts', json_build_object('nodes', json_agg(t)))::text FROM (
    SELECT uid, key, description, suffix, kind, size, hash, is_latest AS "isLatest",
        created_at AS "createdAt", updated_at AS "updatedAt"
    FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n) t
