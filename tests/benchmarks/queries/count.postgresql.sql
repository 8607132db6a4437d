SELECT '{"artifacts":{"totalCount":' || count(*) || '}}' FROM lamindb_artifact WHERE branch_id = 1
