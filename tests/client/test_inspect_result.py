"""What `inspect` gives."""

import pytest

from lnql.inspect_result import InspectResult


def test_values_are_counted_as_lamindb_counts_them() -> None:
    found = InspectResult(["T cell", "T cell", "", None, "x"], {"T cell"}, {})
    assert (found.validated, found.non_validated) == (["T cell"], ["x"])
    assert (found.n_unique, found.n_empty, found.frac_validated) == (2, 3, 50.0)


@pytest.mark.parametrize(
    ("validated", "fraction"), [(set(), 0.0), ({"a"}, 33.3), ({"a", "b"}, 66.7), ({"a", "b", "c"}, 100.0)]
)
def test_the_fraction_is_in_percent(validated: set[str], fraction: float) -> None:
    assert InspectResult(["a", "b", "c"], validated, {}).frac_validated == pytest.approx(fraction)


@pytest.mark.parametrize("values", [[], [None, "", ""]])
def test_nothing_is_nothing(values: list[str | None]) -> None:
    found = InspectResult(values, set(), {})
    assert (found.n_unique, found.n_empty, found.frac_validated, found.validated) == (0, 0, 0, [])
    assert found.summary() == "no values"


def test_the_frame_has_every_value() -> None:
    frame = InspectResult(["b", "a", None, "b"], {"b"}, {}).df
    assert frame.index.tolist()[:2] == ["b", "a"]
    assert frame["__validated__"].tolist() == [True, False, False, True]


def test_lists_by_their_names() -> None:
    found = InspectResult(["a", "b"], {"a"}, {})
    assert found["validated"] == found["mapped"] == ["a"]
    assert found["non_validated"] == found["not_mapped"] == ["b"]
    with pytest.raises(KeyError, match="there are 'validated' and 'non_validated'"):
        found["df"]


def test_it_is_summed_up() -> None:
    found = InspectResult(["T cell", "T-cell", "x", ""], {"T cell"}, {"T-cell": "T cell"})
    assert repr(found).splitlines() == [
        "<InspectResult: 3 unique terms; 1 empty or repeated term is ignored",
        "  1 unique term (33.30%) is validated for name",
        "  2 unique terms (66.70%) are not validated for name: 'T-cell', 'x'",
        "  1 unique term in other case or synonyms: 'T-cell'; use .standardize()>",
    ]


def test_a_summary_names_ten_values() -> None:
    found = InspectResult([f"v{number}" for number in range(12)], set(), {})
    assert found.summary() == (
        "12 unique terms (100.00%) are not validated for name: "
        "'v0', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8', 'v9', …"
    )
