"""The recorded cases that the client answers otherwise, by the reason.

Each is expected to fail: one that passes has to leave this list.
"""

ON_PURPOSE: dict[str, str] = {
    "A record is given once, however many related rows meet a condition.": """
        m2m/duplicates_without_distinct m2m/duplicates_in_list queryset/order_by_m2m_duplicates
        queryset/order_by_feature_desc features/cat_isnull_false_duplicates features/float_range
    """,
    "Regular expressions are RE2's, on both databases and in bounded time; the message says what is wrong.": """
        filter/regex_lookahead filter/regex_invalid
    """,
    "What is broken in LaminDB on some registries works on all.": """
        filter/version_alias_artifact queryset/in_bulk_trashed_excluded queryset/dates_year
        queryset/dates_month_desc queryset/latest queryset/latest_two_fields queryset/latest_empty
        queryset/transform_earliest queryset/transform_latest queryset/annotate_then_filter_artifact
    """,
    "Comparisons of features do what they say, keys may be at any depth, and fields mix with features.": """
        features/cat_in features/cat_user_object features/str_contains_becomes_icontains
        features/str_istartswith features/str_endswith features/dict_nested_key_three_parts
        features/dict_key_with_comparator_three_parts features/feature_then_field
        features/date_year_not_supported
    """,
    "Several values of a feature are a set, of any dtype; a frame has the features that were named.": """
        dataframe/include_features_two_values_of_float dataframe/features_one_cat dataframe/features_list_json
    """,
    "A whole number is a float, a text with a comma is one text, and booleans stay booleans.": """
        mutations/features_add_values_int_for_float mutations/features_str_with_comma mutations/features_two_bools
        mutations/features_two_ints_dataframe
    """,
    "What was changed says so: updated_at is the instant of the last change, which optimistic locking compares.": """
        mutations/updated_at_not_bumped
    """,
    "A field that does not exist is an error, not an empty answer.": """
        lookup/unknown_field
    """,
    "Link tables are plain tables, not registries.": """
        managers/through
    """,
}
UNDEFINED = {"postgresql": frozenset({"queryset/last_ordered"})}
"""Cases of which a database has one answer of several: which of the artifacts without a key is the last one."""

PENDING: dict[str, str] = {name: reason for reason, names in ON_PURPOSE.items() for name in names.split()}
"""Why a case fails, by its id."""
