SELECT json_object('artifact', json_object(
    'uid', a.uid, 'key', a.key, 'createdBy', json_object('handle', u.handle)))
FROM lamindb_artifact a LEFT JOIN lamindb_user u ON u.id = a.created_by_id WHERE a.uid = :uid
