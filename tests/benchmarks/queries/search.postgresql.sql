SELECT json_build_object('cellTypes', json_build_object('nodes', coalesce(json_agg(t), '[]')))::text FROM (
    SELECT name, ontology_id AS "ontologyId" FROM bionty_celltype
    WHERE branch_id = 1 AND strpos(lower(name), lower(:text)) > 0
    ORDER BY (lower(name) = lower(:text))::int * 400
        + (name ~* ('(^|[|\s])' || :text || '([|\s.,;:]|$)'))::int * 10
        + (name ~* ('(^|[|])' || :text))::int * 8
        + (name ~* ('(^|[|\s])' || :text))::int * 2
        + (name ~* (:text || '([|\s]|$)'))::int * 2 DESC, id
    LIMIT 20) t
