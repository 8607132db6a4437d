"""Link tables of projects, references, branches and schemas: what belongs to them and who works on them."""

from sqlalchemy import Column, String, UniqueConstraint

from .link_tables import created, feature, key, link, once_per_feature, owner, tracked

for name in ("block", "collection", "feature", "schema", "transform", "ulabel"):
    link(
        f"lamindb_{name}project",
        f"Links of a {name} to each project that it belongs to.",
        *tracked(),
        owner(f"{name}_id -> lamindb_{name}", f"The {name} that belongs to the project."),
        key("project_id -> lamindb_project", f"The project that the {name} belongs to."),
        UniqueConstraint(f"{name}_id", "project_id"),
    )
link(
    "lamindb_runproject",
    "Runs that belong to a project.",
    *created(),
    owner("run_id -> lamindb_run", "The run that belongs to the project."),
    key("project_id -> lamindb_project", "The project that the run belongs to."),
    UniqueConstraint("run_id", "project_id"),
)
link(
    "lamindb_branchproject",
    "Branches that belong to a project.",
    owner("branch_id -> lamindb_branch", "The branch that belongs to the project."),
    key("project_id -> lamindb_project", "The project that the branch belongs to."),
    UniqueConstraint("branch_id", "project_id"),
)
link(
    "lamindb_projectrecord",
    "Records that belong to a project.",
    *tracked(),
    key("project_id -> lamindb_project", "The project that the record belongs to."),
    feature(),
    owner("record_id -> lamindb_record", "The record that belongs to the project."),
    *once_per_feature("projectrecord", "project_id", "feature_id", "record_id"),
)
link(
    "lamindb_referencerecord",
    "Records that a reference is about.",
    *tracked(),
    key("reference_id -> lamindb_reference", "The reference that is about the record."),
    feature(),
    owner("record_id -> lamindb_record", "The record that the reference is about."),
    *once_per_feature("referencerecord", "reference_id", "feature_id", "record_id"),
)
link(
    "lamindb_projectuser",
    "Users who work on a project.",
    owner("project_id -> lamindb_project", "The project that the user works on."),
    key("user_id -> lamindb_user", "The user who works on the project."),
    Column("role", String(32), nullable=False, index=True, doc="What the user does in the project."),
    UniqueConstraint("project_id", "user_id", "role"),
)
link(
    "lamindb_branchuser",
    "Users who work on a branch.",
    owner("branch_id -> lamindb_branch", "The branch that the user works on."),
    key("user_id -> lamindb_user", "The user who works on the branch."),
    Column("role", String(32), nullable=False, index=True, doc="What the user does on the branch."),
    UniqueConstraint("branch_id", "user_id", "role"),
)
link(
    "lamindb_branchulabel",
    "ULabels that annotate a branch.",
    owner("branch_id -> lamindb_branch", "The branch that is annotated."),
    key("ulabel_id -> lamindb_ulabel", "The annotating ulabel."),
    UniqueConstraint("branch_id", "ulabel_id"),
)
link(
    "lamindb_schemacomponent",
    "Schemas that are parts of another schema.",
    *tracked(),
    owner("composite_id -> lamindb_schema", "The schema that is the whole."),
    key("component_id -> lamindb_schema", "The schema that is a part."),
    Column("slot", String(255), doc="The place of the part in the whole, such as obs or var."),
    UniqueConstraint("composite_id", "slot"),
    UniqueConstraint("composite_id", "slot", "component_id"),
)
link(
    "lamindb_schemafeature",
    "Features in a schema.",
    owner("schema_id -> lamindb_schema", "The schema that has the feature."),
    key("feature_id -> lamindb_feature", "The feature in the schema."),
    UniqueConstraint("schema_id", "feature_id"),
)
