SELECT '{"cellTypes":{"nodes":[' || coalesce(group_concat(row, ','), '') || ']}}' FROM (
    SELECT json_object('name', name, 'ontologyId', ontology_id) AS row
    FROM bionty_celltype WHERE branch_id = 1 AND instr(lower(name), lower(:text))
    ORDER BY (lower(name) = lower(:text)) * 400
        + lnql_regex('(^|[|\s])' || :text || '([|\s.,;:]|$)', name, 1) * 10
        + lnql_regex('(^|[|])' || :text, name, 1) * 8
        + lnql_regex('(^|[|\s])' || :text, name, 1) * 2
        + lnql_regex(:text || '([|\s]|$)', name, 1) * 2 DESC, id
    LIMIT 20)
