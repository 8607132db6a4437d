"""The recorded cases that the client does not pass yet, or not on purpose; the reason stands before each group.

Each is expected to fail: one that passes has to leave this list.
"""

NOT_YET: dict[str, str] = {
    "get": """
        feature_disambiguated
    """,
    "filter": """
        regex_lookahead regex_invalid status_run_invalid version_alias_artifact unknown_field_artifact
    """,
    "relations": """
        link_table_feature link_table_two_columns
    """,
    "m2m": """
        duplicates_without_distinct duplicates_in_list duplicates_in_dataframe
    """,
    "queryset": """
        order_by_m2m_duplicates order_by_feature_desc order_by_feature_categorical last_ordered
        in_bulk_trashed_excluded dates_year dates_month_desc latest latest_two_fields latest_empty
        transform_earliest transform_latest annotate_then_filter_artifact
    """,
    "features": """
        cat_eq cat_eq_second_value cat_unknown_label cat_in cat_contains_duplicates cat_startswith
        cat_contains_no_match cat_isnull_false cat_isnull_false_duplicates cat_isnull_true cat_ulabel_type
        cat_disease cat_non_name_field cat_non_name_field_by_name cat_user cat_user_object cat_artifact
        cat_artifact_key cat_record_type cat_list cat_list_isnull float_eq float_eq_int float_eq_string
        float_gte float_lt_negative float_range float_in float_isnull int_eq int_lexicographic_trap bool_true
        str_contains_becomes_icontains str_istartswith str_endswith str_gt str_in str_regex date_gt date_lt
        date_year_not_supported datetime_gt datetime_eq_string dict_key dict_key_int dict_key_null
        dict_nested_key_three_parts dict_key_with_comparator_three_parts dict_key_list dict_eq dict_isnull
        dict_icontains list_str_eq_element list_str_contains list_int_index url_contains path_eq
        three_features feature_then_field feature_and_q feature_chained_with_field field_chained_with_feature
        unknown_feature one_unknown_of_two ambiguous_feature_name unused_feature
        feature_not_a_field_on_artifact run_cat record_str record_int_gt record_bool record_cat_record
        record_cat_user record_two record_date record_isnull record_dict_key record_list expr_gt expr_le
        expr_with_q expr_as_bool expr_on_ulabel expr_disambiguates expr_disambiguates_other
    """,
    "feature_manager": """
        get_values get_values_external_only get_values_none get_values_multi_valued_scalar get_values_types
        get_values_record get_values_record_optional_absent get_values_record_free get_values_run getitem_cat
        getitem_cat_many getitem_float slots_members slots_empty
    """,
    "dataframe": """
        default_columns_artifact default_columns_run default_columns_feature default_columns_ulabel
        default_columns_schema default_columns_collection default_columns_space default_columns_branch
        default_columns_celltype default_columns_gene default_columns_source index_name limit_zero
        order_by_arg order_by_arg_desc hides_internal_artifacts shows_internal_artifacts_when_kind_filtered
        hides_trash branch_none_shows_trash filter empty_keeps_columns empty_with_include_columns
        include_fk_nullable include_m2m include_m2m_unordered_set_cell include_several include_own_field
        include_two_m2m include_nested_m2m include_reverse_fk include_parents include_type
        include_trashed_label include_unknown include_unknown_leaf include_features_seeds
        include_features_dtypes include_features_after_predicate include_features_and_relation
        include_features_two_values_of_float include_features_two_values_of_str features_one_cat
        features_list_json features_unknown features_ambiguous features_on_ulabel record_features_sheet
        record_features_sheet_columns record_type_to_dataframe record_features_mixed_types run_features
        search_to_dataframe feature_dtype_str_column distinct_not_applied head_after
    """,
    "versions": """
        versions_to_dataframe
    """,
    "parents": """
        parents_to_dataframe
    """,
    "managers": """
        schema_members schema_members_features schema_optionals schema_optionals_uids through
        view_core_registries view_bionty
    """,
    "db": """
        to_dataframe
    """,
}
"""Names of cases by their category."""

ON_PURPOSE: dict[str, str] = {
    "lookup/unknown_field": "a field that does not exist is an error, not an empty lookup",
}
"""What LNQL answers otherwise, and why."""

PENDING: dict[str, str] = ON_PURPOSE | {
    f"{category}/{name}": "not yet" for category, names in NOT_YET.items() for name in names.split()
}
"""Why a case fails, by its id."""
