"""Which rows are seen by default, and what lifts that: the category `branches`."""

from .case import Case, Cases

ALL = "branchId: {isNull: false}"
TRASHED = 'suffix: {eq: ".txt"}, and: [{databaseId: {eq: 58}}]'

BRANCHES: Cases = {
    "branches/default_excludes_trash_and_archive": Case("artifacts", also=("branch: {isNull: false}", ALL)),
    "branches/trash": Case("artifacts", "branchId: {eq: -1}", "key"),
    "branches/archive": Case("artifacts", "branchId: {eq: 0}", "key"),
    "branches/branch_object": Case("artifacts", 'branch: {name: {eq: "my_branch"}}', "key"),
    "branches/branch_in": Case("artifacts", "branchId: {in: [-1, 0]}"),
    "branches/branch_name_in": Case("artifacts", 'branch: {name: {in: ["trash", "archive"]}}'),
    "branches/uid_bypasses": Case("artifacts", 'uid: {eq: "G8jGxThkOjP0RSXt0000"}'),
    "branches/hash_bypasses": Case("artifacts", 'hash: {in: ["fAecXT06mDnD8GJjl_LaBg"]}'),
    "branches/chained_id_does_not_bypass": Case("artifacts", TRASHED),
    "branches/id_then_chained_filter_hides": Case("artifacts", f"and: [{{{TRASHED}}}]"),
    "branches/ulabels": Case("ulabels", also=(ALL,)),
    "branches/users_have_no_branch": Case("users"),
    "branches/objects_manager_unfiltered": Case("artifacts", "or: [{branchId: {lt: 1}}, {branchId: {gte: 1}}]"),
    "branches/related_manager_unfiltered": Case(
        "ulabels", leaf="name", within='artifacts(filter: {key: {eq: "project-beta/processed/file_01.tsv"}})'
    ),
    "branches/run_default": Case("runs"),
    "branches/link_model_unfiltered": Case(
        "artifacts", within='ulabels(filter: {name: {eq: "trashed label"}, branchId: {eq: -1}})'
    ),
}
