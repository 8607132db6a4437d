SELECT json_build_object('artifacts', json_build_object(
    'aggregates', (
        SELECT json_build_object('count', count(*),
            'sum', json_build_object('size', sum(size)), 'max', json_build_object('size', max(size)))
        FROM lamindb_artifact WHERE branch_id = 1),
    'groups', (
        SELECT coalesce(json_agg(row), '[]') FROM (
            SELECT json_build_object('key', json_build_object('suffix', suffix), 'aggregates', json_build_object(
                'count', count(*), 'sum', json_build_object('size', sum(size)))) AS row
            FROM lamindb_artifact WHERE branch_id = 1
            GROUP BY suffix ORDER BY count(*) DESC, suffix COLLATE "C") groups)))::text
