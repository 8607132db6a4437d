"""The benchmark queries: a GraphQL document, and the SQL that a person would write to get the same JSON.

The SQL is what the bare endpoint runs; `:n` and `:uid` are its parameters. Both answers have to be equal before
anything is measured.
"""

from dataclasses import dataclass, field
from typing import Any

TEN = "uid key description suffix kind size hash isLatest createdAt updatedAt"


@dataclass(frozen=True)
class Query:
    """One query in three languages."""

    name: str
    title: str
    document: str
    sqlite: str
    postgresql: str
    variables: dict[str, Any] = field(default_factory=dict)

    def sql(self, dialect: str) -> str:
        """The hand-written SQL."""
        return self.sqlite if dialect == "sqlite" else self.postgresql


def _time(column: str) -> str:
    """LNQL writes instants in RFC 3339; so has the SQL that is compared with it."""
    trimmed = f"CASE WHEN length({column}) > 19 THEN rtrim(rtrim({column}, '0'), '.') ELSE {column} END"
    return f"replace({trimmed}, ' ', 'T') || '+00:00'"


ONE = Query(
    "a",
    "one artifact by uid with its creator",
    "query ($uid: String!) { artifact(by: {uid: $uid}) { uid key createdBy { handle } } }",
    """
    SELECT json_object('artifact', json_object(
        'uid', a.uid, 'key', a.key, 'createdBy', json_object('handle', u.handle)))
    FROM lamindb_artifact a LEFT JOIN lamindb_user u ON u.id = a.created_by_id WHERE a.uid = :uid
    """,
    """
    SELECT json_build_object('artifact', json_build_object(
        'uid', a.uid, 'key', a.key, 'createdBy', json_build_object('handle', u.handle)))::text
    FROM lamindb_artifact a LEFT JOIN lamindb_user u ON u.id = a.created_by_id WHERE a.uid = :uid
    """,
)

SCALARS = Query(
    "b",
    "100 artifacts with ten scalars",
    f"query ($n: Int!) {{ artifacts(first: $n) {{ nodes {{ {TEN} }} }} }}",
    f"""
    SELECT '{{"artifacts":{{"nodes":[' || group_concat(row, ',') || ']}}}}' FROM (
        SELECT json_object('uid', uid, 'key', key, 'description', description, 'suffix', suffix, 'kind', kind,
            'size', size, 'hash', hash, 'isLatest', json(CASE WHEN is_latest THEN 'true' ELSE 'false' END),
            'createdAt', {_time("created_at")}, 'updatedAt', {_time("updated_at")}) AS row
        FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n)
    """,
    """
    SELECT json_build_object('artifacts', json_build_object('nodes', json_agg(t)))::text FROM (
        SELECT uid, key, description, suffix, kind, size, hash, is_latest AS "isLatest",
            created_at AS "createdAt", updated_at AS "updatedAt"
        FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n) t
    """,
    {"n": 100},
)

RELATIONS_SQLITE = """
    SELECT '{"artifacts":{"nodes":[' || group_concat(row, ',') || ']}}' FROM (
        SELECT json_object('uid', a.uid, 'key', a.key,
            'createdBy', json_object('handle', u.handle),
            'run', CASE WHEN r.id IS NULL THEN NULL ELSE
                json_object('uid', r.uid, 'transform', json_object('key', t.key)) END,
            'ulabels', json_object('nodes', json((
                SELECT '[' || coalesce(group_concat(label, ','), '') || ']' FROM (
                    SELECT json_object('name', l.name) AS label FROM lamindb_ulabel l
                    WHERE l.id IN (SELECT ulabel_id FROM lamindb_artifactulabel WHERE artifact_id = a.id)
                    ORDER BY l.id LIMIT 20))))) AS row
        FROM (SELECT * FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n) a
        LEFT JOIN lamindb_user u ON u.id = a.created_by_id
        LEFT JOIN lamindb_run r ON r.id = a.run_id
        LEFT JOIN lamindb_transform t ON t.id = r.transform_id
        ORDER BY a.id)
    """

RELATIONS_POSTGRESQL = """
    SELECT json_build_object('artifacts', json_build_object('nodes', json_agg(row)))::text FROM (
        SELECT json_build_object('uid', a.uid, 'key', a.key,
            'createdBy', json_build_object('handle', u.handle),
            'run', CASE WHEN r.id IS NULL THEN NULL ELSE
                json_build_object('uid', r.uid, 'transform', json_build_object('key', t.key)) END,
            'ulabels', json_build_object('nodes', labels.nodes)) AS row
        FROM (SELECT * FROM lamindb_artifact WHERE branch_id = 1 ORDER BY id LIMIT :n) a
        LEFT JOIN lamindb_user u ON u.id = a.created_by_id
        LEFT JOIN lamindb_run r ON r.id = a.run_id
        LEFT JOIN lamindb_transform t ON t.id = r.transform_id
        LEFT JOIN LATERAL (
            SELECT coalesce(json_agg(x), '[]') AS nodes FROM (
                SELECT l.name FROM lamindb_ulabel l
                WHERE l.id = ANY (ARRAY (SELECT ulabel_id FROM lamindb_artifactulabel WHERE artifact_id = a.id))
                ORDER BY l.id LIMIT 20) x) labels ON true
        ORDER BY a.id) rows
    """

RELATIONS_DOCUMENT = """
    query ($n: Int!) { artifacts(first: $n) { nodes {
        uid key createdBy { handle } run { uid transform { key } } ulabels { nodes { name } }
    } } }
    """

RELATIONS = Query(
    "c",
    "100 artifacts with creator, run.transform, ulabels",
    RELATIONS_DOCUMENT,
    RELATIONS_SQLITE,
    RELATIONS_POSTGRESQL,
    {"n": 100},
)
MANY = Query("d", "the same, 1,000 artifacts", RELATIONS_DOCUMENT, RELATIONS_SQLITE, RELATIONS_POSTGRESQL, {"n": 1000})

QUERIES = (ONE, SCALARS, RELATIONS, MANY)
