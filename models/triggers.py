"""What guards types on PostgreSQL, where LaminDB has functions and triggers in the database.

Six registries have types: rows with `is_type` that other rows point to by `type_id`. A check refuses a `type_id` that
points to no type, a trigger a type that would be a type of itself through others. A record's type that has a schema
describes the records of a sheet, so that no type may be put below it. Another trigger keeps the old name of a feature
that is renamed: among its synonyms, and with the time in `_aux.renamed`. SQLite has none of these in LaminDB.
"""

TYPED = {
    "feature": "04c90",
    "project": "e2567",
    "record": "56c18",
    "reference": "3d37c",
    "schema": "b403c",
    "ulabel": "863ae",
}
"""Registries with types, and the digits with which LaminDB ends the names of their triggers: it finds them by name."""

VALID_TYPE = """
CREATE FUNCTION is_valid_{name}_type({name}_type_id integer) RETURNS boolean LANGUAGE sql AS $$
    SELECT {name}_type_id IS NULL OR EXISTS (SELECT FROM lamindb_{name} WHERE id = {name}_type_id AND is_type)
$$
"""
VALID_RECORD_TYPE = """
CREATE FUNCTION is_valid_record_type(record_type_id integer, record_is_type boolean) RETURNS boolean LANGUAGE sql AS $$
    SELECT record_type_id IS NULL OR EXISTS (
        SELECT FROM lamindb_record
        WHERE id = record_type_id AND is_type AND NOT (record_is_type AND schema_id IS NOT NULL)
    )
$$
"""
CHECK = "ALTER TABLE lamindb_{name} ADD CONSTRAINT {name}_type_is_valid_fk CHECK (is_valid_{name}_type({arguments}))"

CYCLE = """
CREATE FUNCTION pgtrigger_prevent_{name}_type_cycle_{digits}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE above(id) AS (
            SELECT NEW.type_id
            UNION SELECT type_id FROM lamindb_{name} JOIN above USING (id) WHERE type_id IS NOT NULL
        )
        SELECT FROM above WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION '{name} % cannot be a type of itself, be it through other types', NEW.uid;
    END IF;
    RETURN NEW;
END
$$
"""
CYCLE_TRIGGER = """
CREATE TRIGGER pgtrigger_prevent_{name}_type_cycle_{digits} BEFORE INSERT OR UPDATE ON lamindb_{name}
FOR EACH ROW WHEN (NEW.type_id IS NOT NULL) EXECUTE FUNCTION pgtrigger_prevent_{name}_type_cycle_{digits}()
"""

RENAME = """
CREATE FUNCTION pgtrigger_update_feature_on_name_change_6c32d() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    aux jsonb = CASE WHEN jsonb_typeof(NEW._aux) = 'object' THEN NEW._aux ELSE '{}' END;
    renamed jsonb = jsonb_build_object(to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), OLD.name);
BEGIN
    IF OLD.name <> ALL (string_to_array(coalesce(NEW.synonyms, ''), '|')) THEN
        NEW.synonyms = concat_ws('|', nullif(NEW.synonyms, ''), OLD.name);
    END IF;
    NEW._aux = aux || jsonb_build_object('renamed', coalesce(aux -> 'renamed', '{}') || renamed);
    RETURN NEW;
END
$$
"""
RENAME_TRIGGER = """
CREATE TRIGGER pgtrigger_update_feature_on_name_change_6c32d BEFORE UPDATE ON lamindb_feature
FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION pgtrigger_update_feature_on_name_change_6c32d()
"""


def _guards(name: str) -> list[str]:
    of_record = name == "record"
    return [
        VALID_RECORD_TYPE if of_record else VALID_TYPE.format(name=name),
        CHECK.format(name=name, arguments="type_id, is_type" if of_record else "type_id"),
        CYCLE.format(name=name, digits=TYPED[name]),
        CYCLE_TRIGGER.format(name=name, digits=TYPED[name]),
    ]


TRIGGERS = {"postgresql": [*(guard for name in TYPED for guard in _guards(name)), RENAME, RENAME_TRIGGER]}
"""The statements that make them, by dialect."""
