"""Filters: what they mean, compared with the same question asked directly in SQL, and what is refused."""

from typing import Any

import pytest

from .conftest import Server, Sql

# Comparators ---------------------------------------------------------------------------------------------------------

ARTIFACTS = [
    # text
    ('key: {eq: "raw/b.fastq"}', "key = 'raw/b.fastq'"),
    ('key: {eq: ""}', "key = ''"),
    ('key: {neq: "raw/b.fastq"}', "key <> 'raw/b.fastq'"),
    ('key: {iEq: "RAW/B.FASTQ"}', "folded(key) = 'raw/b.fastq'"),
    ('key: {iEq: "ärger/STRASSE_100%.CSV"}', "folded(key) = 'ärger/strasse_100%.csv'"),
    ('key: {in: ["raw/b.fastq", "", "nowhere"]}', "key IN ('raw/b.fastq', '', 'nowhere')"),
    ("key: {in: []}", "0"),
    ('key: {notIn: ["raw/b.fastq"]}', "key NOT IN ('raw/b.fastq')"),
    ("key: {notIn: []}", "1"),
    ('key: {lt: "raw/b"}', "key < 'raw/b'"),
    ('key: {lte: "raw/b.fastq"}', "key <= 'raw/b.fastq'"),
    ('key: {gt: "raw/b.fastq"}', "key > 'raw/b.fastq'"),
    ('key: {gte: "\uff5e"}', "key >= '\uff5e'"),
    ('key: {between: ["raw/B.fastq", "raw/b.fastq"]}', "key BETWEEN 'raw/B.fastq' AND 'raw/b.fastq'"),
    ('key: {contains: "_100%"}', "instr(key, '_100%')"),
    ('key: {contains: "B.f"}', "instr(key, 'B.f')"),
    ('key: {contains: ""}', "key IS NOT NULL"),
    ('key: {contains: "\\"quoted\\" \\\\ it\'s\\nnew"}', "instr(key, '\"quoted\" \\ it''s' || char(10) || 'new')"),
    ('key: {iContains: "ÄRGER/STRA"}', "instr(folded(key), 'ärger/stra')"),
    ('key: {startsWith: "raw/b"}', "substr(key, 1, 5) = 'raw/b'"),
    ('key: {startsWith: ""}', "key IS NOT NULL"),
    ('key: {iStartsWith: "RAW/b"}', "substr(folded(key), 1, 5) = 'raw/b'"),
    ('key: {endsWith: ".csv"}', "substr(key, -4) = '.csv'"),
    ('key: {endsWith: ""}', "key IS NOT NULL"),
    ('key: {endsWith: "a much longer ending than any key has"}', "0"),
    ('key: {iEndsWith: "🧬.H5AD"}', "substr(folded(key), -6) = '🧬.h5ad'"),
    ("key: {isNull: true}", "key IS NULL"),
    ("key: {isNull: false}", "key IS NOT NULL"),
    # whole numbers of 32 and 64 bits, foreign keys
    ("databaseId: {in: [3, 4, 5, 3]}", "id IN (3, 4, 5)"),
    ("databaseId: {lt: 3}", "id < 3"),
    ("size: {eq: 5}", "size = 5"),
    ("size: {eq: 1099511627776}", "size = 1099511627776"),
    ("size: {neq: 5}", "size <> 5"),
    ("size: {gt: 4611686018427387903}", "size > 4611686018427387903"),
    ("size: {lt: 0}", "size < 0"),
    ("size: {gte: 5, lte: 7}", "size >= 5 AND size <= 7"),
    ("size: {between: [0, 7]}", "size BETWEEN 0 AND 7"),
    ("size: {between: [7, 0]}", "0"),
    ("size: {in: [5, 4611686018427387904]}", "size IN (5, 4611686018427387904)"),
    ("size: {notIn: [5]}", "size NOT IN (5)"),
    ("createdById: {eq: 2}", "created_by_id = 2"),
    ("runId: {isNull: true}", "run_id IS NULL"),
    ("runId: {neq: 1}", "run_id <> 1"),
    # booleans
    ("isLatest: {eq: true}", "is_latest"),
    ("isLatest: {neq: true}", "NOT is_latest"),
    ("isLatest: {eq: false}", "NOT is_latest"),
    # instants: equal ones may be stored with 0, 3 or 6 digits of a second
    ('createdAt: {eq: "2026-03-01T12:00:00Z"}', "instant(created_at) = '2026-03-01 12:00:00.000000'"),
    ('createdAt: {eq: "2026-03-01T12:00:00.5Z"}', "instant(created_at) = '2026-03-01 12:00:00.500000'"),
    ('createdAt: {eq: "2026-03-01T14:00:00+02:00"}', "instant(created_at) = '2026-03-01 12:00:00.000000'"),
    ('createdAt: {neq: "2026-03-01T12:00:00Z"}', "instant(created_at) <> '2026-03-01 12:00:00.000000'"),
    ('createdAt: {lt: "2026-03-01T12:00:00Z"}', "instant(created_at) < '2026-03-01 12:00:00.000000'"),
    ('createdAt: {lte: "2026-03-01T12:00:00Z"}', "instant(created_at) <= '2026-03-01 12:00:00.000000'"),
    ('createdAt: {gt: "2026-03-01T12:00:00Z"}', "instant(created_at) > '2026-03-01 12:00:00.000000'"),
    ('createdAt: {gte: "2026-03-01T12:00:00Z"}', "instant(created_at) >= '2026-03-01 12:00:00.000000'"),
    ('createdAt: {gt: "2026-03-01T12:00:00.5Z"}', "instant(created_at) > '2026-03-01 12:00:00.500000'"),
    ('createdAt: {lt: "0999-06-01T00:00:00Z"}', "instant(created_at) < '0999-06-01'"),
    (
        'createdAt: {between: ["2026-03-01T11:59:59.999999Z", "2026-03-01T12:00:00Z"]}',
        "instant(created_at) BETWEEN '2026-03-01 11:59:59.999999' AND '2026-03-01 12:00:00.000000'",
    ),
    (
        'createdAt: {in: ["2026-03-01T12:00:00Z", "2025-12-31T23:59:59Z"]}',
        "instant(created_at) IN ('2026-03-01 12:00:00.000000', '2025-12-31 23:59:59.000000')",
    ),
    (
        'createdAt: {notIn: ["2026-03-01T12:00:00.500Z", "0999-01-02T03:04:05.006Z"]}',
        "instant(created_at) NOT IN ('2026-03-01 12:00:00.500000', '0999-01-02 03:04:05.006000')",
    ),
    # forms of values
    ('createdAt: {text: {startsWith: "2026-03"}}', "created_at LIKE '2026-03%'"),
    ('size: {text: {endsWith: "5"}}', "CAST(size AS text) LIKE '%5'"),
    # fields compared with fields
    ('fields: [{field: "size", gt: "nObservations"}]', "size > n_observations"),
    ('not: {fields: [{field: "size", gt: "databaseId"}]}', "NOT size > id"),
    ('fields: [{field: "key", contains: "suffix"}]', "instr(key, suffix)"),
    ('fields: [{field: "runId", eq: "databaseId"}, {field: "size", gt: "databaseId"}]', "run_id = id AND size > id"),
    ('fields: [{field: "createdAt", gte: "updatedAt"}]', "instant(created_at) >= instant(updated_at)"),
    (
        'fields: [{field: "run.createdAt", lte: "createdAt"}]',
        "(SELECT instant(r.created_at) FROM lamindb_run r WHERE r.id = run_id) <= instant(created_at)",
    ),
    # siblings, and/or/not, missing values
    ('suffix: {eq: ".csv"}, size: {gte: 5}', "suffix = '.csv' AND size >= 5"),
    ('key: {startsWith: "raw", endsWith: "b.fastq"}', "key = 'raw/b.fastq'"),
    ("", "1"),
    ("and: []", "1"),
    ("or: []", "0"),
    ("not: {}", "0"),
    ("and: [{}]", "1"),
    ("or: [{}]", "1"),
    ("not: {or: []}", "1"),
    (
        'or: [{size: {eq: 5}}, {key: {isNull: true}}], suffix: {eq: ".csv"}',
        "(size = 5 OR key IS NULL) AND suffix = '.csv'",
    ),
    ("or: [{size: {eq: 5}, isLatest: {eq: true}}, {runId: {eq: 1}}]", "(size = 5 AND is_latest) OR run_id = 1"),
    ("not: {size: {eq: 5}}", "NOT size = 5"),
    ("not: {size: {isNull: true}}", "size IS NOT NULL"),
    ("not: {size: {gt: 5}, runId: {eq: 1}}", "NOT (size > 5 AND run_id = 1)"),
    ("not: {or: [{size: {gt: 5}}, {runId: {eq: 1}}]}", "NOT (size > 5 OR run_id = 1)"),
    ("not: {not: {size: {gt: 5}}}", "size > 5"),
    ("not: {size: {in: [5]}}", "size NOT IN (5)"),
    ("not: {size: {in: []}}", "1"),
    ("and: [{size: {gt: 0}}, {size: {lt: 7}}]", "size > 0 AND size < 7"),
]


@pytest.mark.parametrize(("question", "where"), ARTIFACTS)
def test_artifacts_are_those_of_sql(lab: Server, lab_sql: Sql, question: str, where: str) -> None:
    expected = lab_sql(f"SELECT uid FROM lamindb_artifact WHERE branch_id = 1 AND ({where}) ORDER BY id")
    assert lab.uids("artifacts", f"filter: {{{question}}}") == [uid for (uid,) in expected]


OTHERS = [
    # dates
    ("projects", 'startDate: {eq: "2026-01-31"}', "start_date = '2026-01-31'"),
    ("projects", 'startDate: {neq: "2026-01-31"}', "start_date <> '2026-01-31'"),
    ("projects", 'startDate: {lt: "2026-01-31"}', "start_date < '2026-01-31'"),
    (
        "projects",
        'startDate: {between: ["0999-12-31", "2025-12-31"]}',
        "start_date BETWEEN '0999-12-31' AND '2025-12-31'",
    ),
    ("projects", 'startDate: {in: ["2026-01-31", "0999-12-31"]}', "start_date IN ('2026-01-31', '0999-12-31')"),
    ("projects", 'startDate: {notIn: ["2026-01-31"]}', "start_date NOT IN ('2026-01-31')"),
    ("projects", "startDate: {isNull: true}", "start_date IS NULL"),
    # words of a status
    ("projects", 'status: {eq: "up-next"}', "_status_code = -2"),
    ("runs", 'status: {eq: "completed"}', "_status_code = 0"),
    ("runs", 'status: {neq: "completed"}', "_status_code <> 0"),
    ("runs", 'status: {in: ["errored", "aborted"]}', "_status_code IN (1, 2)"),
    ("runs", 'status: {notIn: ["errored", "aborted"]}', "_status_code NOT IN (1, 2)"),
    ("runs", 'status: {startsWith: "start"}', "_status_code = -1"),
    ("runs", 'status: {iContains: "START"}', "_status_code IN (-1, -2)"),
    # a boolean that may be missing
    ("runs", "_isConsecutive: {eq: true}", "_is_consecutive"),
    ("runs", "_isConsecutive: {neq: true}", "NOT _is_consecutive"),
    ("runs", "not: {_isConsecutive: {eq: true}}", "NOT _is_consecutive"),
    ("runs", "_isConsecutive: {isNull: true}", "_is_consecutive IS NULL"),
    # letters whose lower case has another length
    ("records", 'name: {iEq: "i\u0307leum"}', "folded(name) = 'i\u0307leum' AND branch_id = 1"),
]


@pytest.mark.parametrize(("plural", "question", "where"), OTHERS)
def test_other_registries_are_those_of_sql(lab: Server, lab_sql: Sql, plural: str, question: str, where: str) -> None:
    expected = lab_sql(f"SELECT uid FROM lamindb_{plural[:-1]} WHERE {where} ORDER BY id")
    assert expected
    assert lab.uids(plural, f"filter: {{{question}}}") == [uid for (uid,) in expected]


# Relations -----------------------------------------------------------------------------------------------------------

RUN = "SELECT 1 FROM lamindb_run r JOIN lamindb_transform t ON t.id = r.transform_id WHERE r.id = a.run_id AND"
HAS_RUN = f"EXISTS ({RUN} 1)"
INITIATED = "EXISTS (SELECT 1 FROM lamindb_run i WHERE i.initiated_by_run_id = a.run_id)"
LINKED = (
    "lamindb_record r JOIN (SELECT DISTINCT artifact_id, record_id FROM lamindb_artifactrecord) l ON l.record_id = r.id"
    " WHERE l.artifact_id = a.id"
)

TO_ONE = [
    ('createdBy: {handle: {eq: "grace"}}', "created_by_id = 2"),
    ('createdBy: {not: {handle: {eq: "grace"}}}', "created_by_id <> 2"),
    ("createdBy: {name: {isNull: true}}", "created_by_id IN (1, 2)"),
    ("run: {}", "run_id IS NOT NULL"),
    ("not: {run: {}}", "run_id IS NULL"),
    ("run: {isNull: true}", "run_id IS NULL"),
    ("run: {isNull: false}", "run_id IS NOT NULL"),
    ("not: {run: {isNull: true}}", "run_id IS NOT NULL"),
    ("run: {not: {isNull: true}}", "run_id IS NOT NULL"),
    ("run: {not: {isNull: false}}", "run_id IS NULL"),
    ('run: {name: {eq: "first"}}', f"EXISTS ({RUN} r.name = 'first')"),
    ('run: {name: {neq: "first"}}', f"EXISTS ({RUN} r.name <> 'first')"),
    ("run: {name: {isNull: true}}", f"EXISTS ({RUN} r.name IS NULL)"),
    # Without a run a condition is false and its negation true; with one, an unknown condition stays unknown.
    ('run: {not: {name: {eq: "first"}}}', f"run_id IS NULL OR EXISTS ({RUN} r.name <> 'first')"),
    ('not: {run: {name: {eq: "first"}}}', f"NOT EXISTS ({RUN} r.name = 'first')"),
    ("run: {not: {name: {isNull: true}}}", f"run_id IS NULL OR EXISTS ({RUN} r.name IS NOT NULL)"),
    ('run: {or: [{isNull: true}, {name: {eq: "first"}}]}', f"run_id IS NULL OR EXISTS ({RUN} r.name = 'first')"),
    ('run: {and: [{isNull: true}, {name: {eq: "first"}}]}', "0"),
    ('run: {isNull: false, name: {eq: "first"}}', f"EXISTS ({RUN} r.name = 'first')"),
    ('run: {not: {or: [{isNull: true}, {name: {eq: "first"}}]}}', f"EXISTS ({RUN} r.name <> 'first')"),
    ("run: {or: []}", "0"),
    ("run: {and: []}", "run_id IS NOT NULL"),
    ('run: {transform: {key: {eq: "align.py"}}}', f"EXISTS ({RUN} t.key = 'align.py')"),
    ('run: {transform: {not: {key: {eq: "align.py"}}}}', f"EXISTS ({RUN} t.key <> 'align.py')"),
    ('run: {status: {eq: "restarted"}}', f"EXISTS ({RUN} r._status_code = -2)"),
    ("run: {initiatedByRun: {isNull: false}}", f"EXISTS ({RUN} r.initiated_by_run_id IS NOT NULL)"),
    ("run: {initiatedByRun: {isNull: true}}", f"EXISTS ({RUN} r.initiated_by_run_id IS NULL)"),
    (
        'run: {startedAt: {gt: "2026-03-01T12:00:00Z"}}',
        f"EXISTS ({RUN} instant(r.started_at) > '2026-03-01 12:00:00.000000')",
    ),
]
TO_MANY = [
    ("records: {some: {}}", f"EXISTS (SELECT 1 FROM {LINKED})"),
    ("records: {none: {}}", f"NOT EXISTS (SELECT 1 FROM {LINKED})"),
    ("records: {every: {}}", "1"),
    ('records: {some: {name: {eq: "liver"}}}', f"EXISTS (SELECT 1 FROM {LINKED} AND r.name = 'liver')"),
    ('records: {none: {name: {eq: "liver"}}}', f"NOT EXISTS (SELECT 1 FROM {LINKED} AND r.name = 'liver')"),
    # An unknown name is not known to be no liver: `every` needs TRUE.
    (
        'records: {every: {name: {neq: "liver"}}}',
        f"NOT EXISTS (SELECT 1 FROM {LINKED} AND (r.name <> 'liver') IS NOT TRUE)",
    ),
    (
        'records: {every: {name: {notIn: ["liver"]}}}',
        f"NOT EXISTS (SELECT 1 FROM {LINKED} AND (r.name NOT IN ('liver')) IS NOT TRUE)",
    ),
    (
        'not: {records: {every: {name: {neq: "liver"}}}}',
        f"EXISTS (SELECT 1 FROM {LINKED} AND (r.name <> 'liver') IS NOT TRUE)",
    ),
    ('not: {records: {some: {name: {eq: "liver"}}}}', f"NOT EXISTS (SELECT 1 FROM {LINKED} AND r.name = 'liver')"),
    # One row with both, or two rows with one each.
    (
        'records: {some: {name: {iEq: "liver"}, createdById: {eq: 1}}}',
        f"EXISTS (SELECT 1 FROM {LINKED} AND folded(r.name) = 'liver' AND r.created_by_id = 1)",
    ),
    (
        'and: [{records: {some: {name: {iEq: "liver"}}}}, {records: {some: {createdById: {eq: 1}}}}]',
        f"EXISTS (SELECT 1 FROM {LINKED} AND folded(r.name) = 'liver')"
        f" AND EXISTS (SELECT 1 FROM {LINKED} AND r.created_by_id = 1)",
    ),
    (
        'records: {some: {name: {eq: "kidney"}}, none: {name: {isNull: true}}}',
        f"EXISTS (SELECT 1 FROM {LINKED} AND r.name = 'kidney')"
        f" AND NOT EXISTS (SELECT 1 FROM {LINKED} AND r.name IS NULL)",
    ),
    # Linked under several features: still one row.
    ("records: {count: {eq: 2}}", f"(SELECT count(*) FROM {LINKED}) = 2"),
    ("records: {count: {gte: 3}}", f"(SELECT count(*) FROM {LINKED}) >= 3"),
    ("records: {count: {in: [0, 3]}}", f"(SELECT count(*) FROM {LINKED}) IN (0, 3)"),
    ("records: {count: {between: [1, 2]}}", f"(SELECT count(*) FROM {LINKED}) BETWEEN 1 AND 2"),
    ("records: {count: {isNull: true}}", "0"),
    ("records: {some: {run: {isNull: false}}}", f"EXISTS (SELECT 1 FROM {LINKED} AND r.run_id IS NOT NULL)"),
    (
        'records: {some: {type: {name: {eq: "liver"}}}}',
        f"EXISTS (SELECT 1 FROM {LINKED} AND r.type_id IN (SELECT id FROM lamindb_record WHERE name = 'liver'))",
    ),
    (
        "records: {some: {artifacts: {count: {gt: 4}}}}",
        f"EXISTS (SELECT 1 FROM {LINKED} AND (SELECT count(DISTINCT artifact_id) FROM lamindb_artifactrecord"
        " WHERE record_id = r.id) > 4)",
    ),
    # Through a foreign key of the related rows.
    (
        'createdBy: {createdRuns: {some: {name: {eq: "first"}}}}',
        "EXISTS (SELECT 1 FROM lamindb_run r WHERE r.created_by_id = a.created_by_id AND r.name = 'first')",
    ),
    (
        "run: {outputArtifacts: {count: {gt: 3}}}",
        "(SELECT count(*) FROM lamindb_artifact o WHERE o.run_id = a.run_id) > 3",
    ),
    # Without a run, none and every are false like any other condition; their negation is true.
    ("run: {initiatedRuns: {none: {}}}", f"run_id IS NOT NULL AND NOT {INITIATED}"),
    ('run: {initiatedRuns: {every: {uid: {eq: "?"}}}}', f"run_id IS NOT NULL AND NOT {INITIATED}"),
    ("run: {not: {initiatedRuns: {none: {}}}}", f"run_id IS NULL OR {INITIATED}"),
    (
        'ulabels: {every: {createdBy: {handle: {eq: "zoe"}}}}',
        "NOT EXISTS (SELECT 1 FROM lamindb_artifactulabel l"
        " JOIN lamindb_ulabel u ON u.id = l.ulabel_id WHERE l.artifact_id = a.id AND u.created_by_id <> 3)",
    ),
]


@pytest.mark.parametrize(("question", "where"), TO_ONE + TO_MANY)
def test_related_rows_are_those_of_sql(lab: Server, lab_sql: Sql, question: str, where: str) -> None:
    expected = lab_sql(f"SELECT uid FROM lamindb_artifact a WHERE branch_id = 1 AND ({where}) ORDER BY id")
    assert lab.uids("artifacts", f"filter: {{{question}}}") == [uid for (uid,) in expected]


# What is refused -----------------------------------------------------------------------------------------------------

REFUSED = [
    ("key: null", "filter.key is null"),
    ("key: {eq: null}", "filter.key.eq is null"),
    ("key: {in: null}", "filter.key.in is null"),
    ("key: {isNull: null}", "filter.key.isNull is null"),
    ("key: {}", "filter.key has no comparator; it would match everything. It has eq, neq, iEq"),
    ("and: null", "filter.and is null"),
    ("or: null", "filter.or is null"),
    ("not: null", "filter.not is null"),
    ("run: null", "filter.run is null"),
    ("run: {name: null}", "filter.run.name is null"),
    ("run: {isNull: null}", "filter.run.isNull is null"),
    ("records: null", "filter.records is null"),
    ("records: {}", "filter.records says nothing. Say some, every, none or count."),
    ("records: {some: null}", "filter.records.some is null"),
    ("records: {some: {name: {}}}", "filter.records.some.name has no comparator"),
    ("records: {some: {name: {eq: null}}}", "filter.records.some.name.eq is null"),
    ("records: {count: null}", "filter.records.count is null"),
    ("records: {count: {}}", "filter.records.count has no comparator"),
    ("records: {count: {eq: null}}", "filter.records.count.eq is null"),
    ("or: [{key: {eq: null}}]", "filter.or.0.key.eq is null"),
    ("not: {key: {}}", "filter.not.key has no comparator"),
    ("isNull: true", "filter.isNull: no artifact can be missing here"),
    ("or: [{isNull: false}]", "filter.or.0.isNull: no artifact can be missing here"),
    ("records: {some: {isNull: true}}", "filter.records.some.isNull: no record can be missing here"),
    ("run: {outputArtifacts: {none: {isNull: true}}}", "no artifact can be missing here"),
    ("size: {between: [1]}", "filter.size.between has 1 values; it takes two"),
    ("size: {between: [1, 2, 3]}", "filter.size.between has 3 values; it takes two"),
    ('run: {status: {eq: "complete"}}', "filter.run.status.eq: 'complete' is no status. Did you mean"),
    (
        'run: {status: {in: ["completed", "?"]}}',
        "filter.run.status.in: '?' is no status. There are scheduled, restarted",
    ),
    ('fields: [{field: "size"}]', "filter.fields.0 compares nothing. Say which"),
    ('fields: [{field: "size", gt: "key"}]', "'size' and 'key', of types BigInt and String, are not compared so"),
    ('fields: [{field: "size", contains: "size"}]', "are not compared so"),
    ('fields: [{field: "sise", gt: "size"}]', "filter.fields.0.field: Artifact has no field 'sise'. Did you mean"),
    ('fields: [{field: "records.name", eq: "key"}]', "Artifact has no to-one relation 'records'. It has storage"),
    ('createdAt: {gt: "yesterday"}', "'yesterday' is no instant"),
    ('createdAt: {gt: "2026-03-01T12:00:00"}', "'2026-03-01T12:00:00' is no instant"),
    ('createdAt: {gt: "2026-13-01T12:00:00Z"}', "'2026-13-01T12:00:00Z' is no instant"),
    ('createdAt: {gt: "0001-01-01T00:00:00+01:00"}', "'0001-01-01T00:00:00+01:00' is no instant"),
    ("size: {eq: 9223372036854775808}", "9223372036854775808 is no integer of at most 64 bits"),
    ("size: {eq: 1.5}", "1.5 is no integer of at most 64 bits"),
    ("nothing: {eq: 1}", "type 'ArtifactFilter' not to include unknown field 'nothing'"),
    ('key: {equals: "a"}', "type 'StringComparators' not to include unknown field 'equals'"),
    ("key: {eq: 1}", "String cannot represent a non string value: 1"),
    ("extraData: [{gt: [1, 2]}]", "filter.extraData.0.gt: [1, 2] is neither more nor less. Give a number or a text."),
    ('extraData: [{path: ["a"], lte: true}]', "filter.extraData.0.lte: True is neither more nor less"),
    ("isLatest: {in: [true]}", "type 'BooleanComparators' not to include unknown field 'in'"),
]


@pytest.mark.parametrize(("question", "message"), REFUSED)
def test_what_would_widen_a_question_or_says_nothing_is_refused(lab: Server, question: str, message: str) -> None:
    code, told = lab.refuse(f"{{ artifacts(filter: {{{question}}}) {{ totalCount }} }}")
    assert code == "INVALID"
    assert message in told


def test_dates_are_calendar_dates(lab: Server) -> None:
    for date in ("2026-02-30", "2026-1-1", "2026-01-01T00:00:00Z"):
        code, message = lab.refuse(f'{{ projects(filter: {{startDate: {{eq: "{date}"}}}}) {{ totalCount }} }}')
        assert (code, f"{date!r} is no date" in message) == ("INVALID", True)


ABSENT = [
    ("$x: String", "{key: {eq: $x}}", "filter.key has no comparator"),
    ("$x: [String!]", "{key: {in: $x}}", "filter.key has no comparator"),
    ("$x: String", "{or: [{key: {eq: $x}}]}", "filter.or.0.key has no comparator"),
    ("$x: String", "{records: {some: {name: {contains: $x}}}}", "filter.records.some.name has no comparator"),
    ("$x: RecordFilter", "{records: {some: $x}}", "filter.records says nothing"),
]


@pytest.mark.parametrize(("declared", "filter_", "message"), ABSENT)
def test_a_variable_that_is_not_given_widens_nothing(lab: Server, declared: str, filter_: str, message: str) -> None:
    query = f"query Q({declared}) {{ artifacts(filter: {filter_}) {{ totalCount }} }}"
    code, told = lab.refuse(query, {})
    assert (code, message in told) == ("INVALID", True)
    code, told = lab.refuse(query, {"x": None})
    assert (code, " is null" in told) == ("INVALID", True)


def test_a_filter_that_is_null_or_not_given_is_none(lab: Server) -> None:
    fields = "artifacts(filter: $f) { totalCount } all: artifacts(filter: null) { totalCount }"
    query = f"query Q($f: ArtifactFilter) {{ {fields} }}"
    given: list[dict[str, Any]] = [{}, {"f": None}, {"f": {}}]
    answers = [lab.ask(query, variables) for variables in given]
    assert all(answer["artifacts"] == answer["all"] for answer in answers)


def nested(levels: int) -> str:
    return "{not: " * levels + "{size: {gt: 0}}" + "}" * levels


def chained(hops: int) -> str:
    return "{type: " * hops + '{name: {eq: "liver"}}' + "}" * hops


def listed(items: int) -> str:
    return f"{{databaseId: {{in: {list(range(items))}}}}}"


def alternatives(conditions: int) -> str:
    return "{or: [" + "{size: {gt: 0}}, " * conditions + "]}"


LIMITS = [
    ("records", chained(4), chained(5), "a filter may have 4 relations one after another, here are 5"),
    ("artifacts", nested(8), nested(9), "a filter may have 8 levels of and, or and not, here are 9"),
    ("artifacts", alternatives(60), alternatives(120), "a filter may have 200 conditions, here are 201"),
]


@pytest.mark.parametrize(("plural", "fits", "too_much", "message"), LIMITS)
def test_a_filter_has_limits(lab: Server, plural: str, fits: str, too_much: str, message: str) -> None:
    lab.ask(f"{{ {plural}(filter: {fits}) {{ totalCount }} }}")
    code, told = lab.refuse(f"{{ {plural}(filter: {too_much}) {{ totalCount }} }}")
    assert code == "TOO_COMPLEX"
    assert message in told


def test_a_list_has_at_most_10000_items(lab: Server) -> None:
    query = "query Q($ids: [Int!]) { artifacts(filter: {databaseId: {in: $ids}}) { totalCount } }"
    assert lab.ask(query, {"ids": list(range(10_000))}) == {"artifacts": {"totalCount": 24}}
    code, told = lab.refuse(query, {"ids": list(range(10_001))})
    assert code == "TOO_COMPLEX"
    assert "has 10,001 items; the limit is 10,000" in told


# On the real instance ------------------------------------------------------------------------------------------------

REAL = [
    ("artifacts", 'suffix: {in: [".h5ad", ".parquet"]}', "suffix IN ('.h5ad', '.parquet')"),
    ("artifacts", "size: {gt: 1000}, isLatest: {eq: true}", "size > 1000 AND is_latest"),
    ("artifacts", 'createdAt: {gte: "2025-01-01T00:00:00Z"}', "created_at >= '2025-01-01'"),
    ("artifacts", 'not: {key: {iContains: "TEST"}}', "key NOT LIKE '%test%'"),
    ("artifacts", "branchId: {eq: -1}", "branch_id = -1"),
    (
        "artifacts",
        'ulabels: {some: {name: {startsWith: "l"}}}',
        "id IN (SELECT artifact_id FROM lamindb_artifactulabel l JOIN lamindb_ulabel u ON u.id = l.ulabel_id"
        " WHERE u.name GLOB 'l*')",
    ),
    (
        "artifacts",
        "cellTypes: {count: {gte: 2}}",
        "(SELECT count(DISTINCT celltype_id) FROM bionty_artifactcelltype l WHERE l.artifact_id = x.id) >= 2",
    ),
    (
        "cellTypes",
        'parents: {some: {name: {eq: "T cell"}}}',
        "id IN (SELECT from_celltype_id FROM bionty_celltype_parents p JOIN bionty_celltype c"
        " ON c.id = p.to_celltype_id WHERE c.name = 'T cell')",
    ),
    ("cellTypes", 'synonyms: {contains: "|"}, name: {endsWith: "cell"}', "instr(synonyms, '|') AND name LIKE '%cell'"),
    ("genes", 'organism: {name: {eq: "human"}}', "organism_id = (SELECT id FROM bionty_organism WHERE name = 'human')"),
    (
        "transforms",
        'description: {iContains: "JEJUNUM"}, runs: {none: {}}',
        "description LIKE '%jejunum%' AND id NOT IN (SELECT transform_id FROM lamindb_run)",
    ),
    ("runs", 'status: {eq: "completed"}', "_status_code = 0"),
    ("features", 'dtype: {startsWith: "cat"}', "_dtype_str GLOB 'cat*'"),
    ("records", "linkedRecords: {some: {}}", "id IN (SELECT record_id FROM lamindb_recordrecord)"),
]
TABLES = {"cellTypes": "bionty_celltype", "genes": "bionty_gene"}


@pytest.mark.parametrize(("plural", "question", "where"), REAL)
def test_rows_of_the_real_instance_are_those_of_sql(
    real: Server, real_sql: Sql, plural: str, question: str, where: str
) -> None:
    main = "1" if "branch_id" in where else "branch_id = 1"
    table = TABLES.get(plural, f"lamindb_{plural[:-1]}")
    expected = real_sql(f"SELECT uid FROM {table} x WHERE {main} AND ({where}) ORDER BY id")
    assert expected
    assert real.uids(plural, f"filter: {{{question}}}") == [uid for (uid,) in expected]
