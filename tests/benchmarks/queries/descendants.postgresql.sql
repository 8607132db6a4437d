WITH RECURSIVE below(id) AS (
    SELECT id FROM bionty_celltype WHERE name = :name
    UNION
    SELECT p.from_celltype_id FROM bionty_celltype_parents p JOIN below ON below.id = p.to_celltype_id)
SELECT json_build_object('artifacts', json_build_object('nodes', coalesce(json_agg(t), '[]')))::text FROM (
    SELECT uid, key FROM lamindb_artifact a
    WHERE branch_id = 1 AND EXISTS (
        SELECT 1 FROM bionty_artifactcelltype
        WHERE artifact_id = a.id AND celltype_id IN (SELECT id FROM below))
    ORDER BY id LIMIT 100) t
