SELECT '{"artifacts":{"nodes":[' || group_concat(row, ',') || ']}}' FROM (
    SELECT json_object('uid', uid, 'key', key, 'description', description, 'suffix', suffix, 'kind', kind,
        'size', size, 'hash', hash, 'isLatest', json(CASE WHEN is_latest THEN 'true' ELSE 'false' END),
        'createdAt', replace(
            CASE WHEN length(created_at) > 19 THEN rtrim(rtrim(created_at, '0'), '.') ELSE created_at END, ' ', 'T') || '+00:00',
        'updatedAt', replace(
            CASE WHEN length(updated_at) > 19 THEN rtrim(rtrim(updated_at, '0'), '.') ELSE updated_at END, ' ', 'T') || '+00:00') AS row
    FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n)
