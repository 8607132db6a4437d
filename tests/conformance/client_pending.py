"""The recorded cases that the client does not pass: by the reason for another answer, or not yet.

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
    "Nulls come last in ascending order on both databases, and last() is the end of that order.": """
        queryset/last_ordered
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
    "Link tables are plain tables, not registries.": """
        managers/through
    """,
}
"""Cases that are answered otherwise, by the reason."""

NOT_YET = """
    m2m/duplicates_in_dataframe
    feature_manager/get_values feature_manager/get_values_external_only feature_manager/get_values_none
    feature_manager/get_values_multi_valued_scalar feature_manager/get_values_types
    feature_manager/get_values_record feature_manager/get_values_record_optional_absent
    feature_manager/get_values_record_free feature_manager/get_values_run feature_manager/getitem_cat
    feature_manager/getitem_cat_many feature_manager/getitem_float feature_manager/slots_members
    feature_manager/slots_empty
    dataframe/default_columns_artifact dataframe/default_columns_run dataframe/default_columns_feature
    dataframe/default_columns_ulabel dataframe/default_columns_schema dataframe/default_columns_collection
    dataframe/default_columns_space dataframe/default_columns_branch dataframe/default_columns_celltype
    dataframe/default_columns_gene dataframe/default_columns_source dataframe/index_name
    dataframe/limit_zero dataframe/order_by_arg dataframe/order_by_arg_desc
    dataframe/hides_internal_artifacts dataframe/shows_internal_artifacts_when_kind_filtered
    dataframe/hides_trash dataframe/branch_none_shows_trash dataframe/filter dataframe/empty_keeps_columns
    dataframe/empty_with_include_columns dataframe/include_fk_nullable dataframe/include_m2m
    dataframe/include_m2m_unordered_set_cell dataframe/include_several dataframe/include_own_field
    dataframe/include_two_m2m dataframe/include_nested_m2m dataframe/include_reverse_fk
    dataframe/include_parents dataframe/include_type dataframe/include_trashed_label
    dataframe/include_unknown dataframe/include_unknown_leaf dataframe/include_features_seeds
    dataframe/include_features_dtypes dataframe/include_features_after_predicate
    dataframe/include_features_and_relation dataframe/include_features_two_values_of_float
    dataframe/include_features_two_values_of_str dataframe/features_one_cat dataframe/features_list_json
    dataframe/features_unknown dataframe/features_ambiguous dataframe/features_on_ulabel
    dataframe/record_features_sheet dataframe/record_features_sheet_columns
    dataframe/record_type_to_dataframe dataframe/record_features_mixed_types dataframe/run_features
    dataframe/search_to_dataframe dataframe/feature_dtype_str_column dataframe/distinct_not_applied
    dataframe/head_after
    lookup/unknown_field
    versions/versions_to_dataframe
    parents/parents_to_dataframe
    managers/schema_members managers/schema_members_features managers/schema_optionals
    managers/schema_optionals_uids managers/view_core_registries managers/view_bionty
    db/to_dataframe
"""

PENDING: dict[str, str] = {
    name: reason for reason, names in ON_PURPOSE.items() for name in names.split()
} | dict.fromkeys(NOT_YET.split(), "not yet")
"""Why a case fails, by its id."""
