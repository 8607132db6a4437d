SELECT json_object('artifacts', json_object(
    'aggregates', json((
        SELECT json_object('count', count(*), 'sum', json_object('size', sum(size)), 'max', json_object('size', max(size)))
        FROM lamindb_artifact WHERE branch_id = 1)),
    'groups', json((
        SELECT '[' || coalesce(group_concat(row, ','), '') || ']' FROM (
            SELECT json_object('key', json_object('suffix', suffix), 'aggregates', json_object(
                'count', count(*), 'sum', json_object('size', sum(size)))) AS row
            FROM lamindb_artifact WHERE branch_id = 1 GROUP BY suffix ORDER BY count(*) DESC, suffix)))))
