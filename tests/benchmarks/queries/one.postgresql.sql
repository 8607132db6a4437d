SELECT json_build_object('artifact', json_build_object(
    'uid', a.uid, 'key', a.key, 'createdBy', json_build_object('handle', u.handle)))::text
FROM lamindb_artifact a LEFT JOIN lamindb_user u ON u.id = a.created_by_id WHERE a.uid = :uid
