"""Records behind attributes, as LaminDB names them."""

from types import SimpleNamespace
from typing import Any

import pytest

from lnql.completion import Completions, Keep, attribute_name
from lnql.errors import InvalidValueError

NAMES = {
    "benchmark": "benchmark",
    "My label": "my_label",
    "T-cell": "t_cell",
    "t_cell": "t_cell",
    "a.b(c)[d]": "a_b_c_d_",
    "50% confluent": "ln_50_confluent",
    "100ng/l": "ln_100ng_l",
    "1st batch": "ln_1st_batch",
    "_private": "ln__private",
    "Ünïcode läbel": "ln__n_code_l_bel",
    "细胞": "ln__",
    "class": "class_",
    "import": "import_",
    "None": "none",
    "dict": "dict_",
    "ENSG00000002745": "ensg00000002745",
}


@pytest.mark.parametrize("value", NAMES)
def test_values_become_names(value: str) -> None:
    assert attribute_name(value) == NAMES[value]


def record(number: int, name: Any) -> Any:
    return SimpleNamespace(uid=f"uid{number}", name=name)


RECORDS = [record(number, name) for number, name in enumerate(["T-cell", "B cell", "T cell", "control", "t_cell"])]
RECORDS += [
    record(5, None),
    record(6, ""),
    record(7, "control"),
    record(8, 9),
    record(9, "class"),
    record(10, "class_"),
]


def completions() -> Completions:
    return Completions((record.name, record) for record in RECORDS)


def test_names_stand_in_the_order_of_the_records_and_dict_is_last() -> None:
    found = completions().named_tuple(None, "first")
    assert found._fields == ("t_cell", "b_cell", "control", "class_", "dict")
    assert type(found).__name__ == "Lookup"
    assert found.b_cell is RECORDS[1]


@pytest.mark.parametrize(("keep", "number"), [("first", 0), ("last", 4)])
def test_one_of_several_is_kept(keep: Keep, number: int) -> None:
    assert completions().named_tuple(None, keep).t_cell is RECORDS[number]


def test_all_are_kept() -> None:
    found = completions().named_tuple(None, False)
    assert found.t_cell == [RECORDS[0], RECORDS[2], RECORDS[4]]
    assert found.control == [RECORDS[3], RECORDS[7]]
    assert found.class_ == [RECORDS[9], RECORDS[10]]
    assert found.b_cell is RECORDS[1]


def test_a_field_is_returned() -> None:
    assert completions().named_tuple("uid", "first").t_cell == "uid0"
    assert completions().named_tuple("uid", False).control == ["uid3", "uid7"]


def test_the_dictionary_has_the_values_as_they_are() -> None:
    found = completions().named_tuple("uid", "first").dict()
    assert list(found) == ["T-cell", "B cell", "T cell", "control", "t_cell", "class", "class_"]
    assert found["T cell"] is RECORDS[2]
    assert found["control"] == [RECORDS[3], RECORDS[7]]
    with pytest.raises(KeyError, match="nope"):
        found["nope"]


def test_nothing_leaves_the_dictionary() -> None:
    found = Completions([]).named_tuple(None, "first")
    assert (found._fields, found.dict()) == (("dict",), {})


@pytest.mark.parametrize("keep", [True, "middle", None])
def test_another_keep_is_refused(keep: Any) -> None:
    with pytest.raises(InvalidValueError, match="it takes 'first', 'last' or False"):
        completions().named_tuple(None, keep)
