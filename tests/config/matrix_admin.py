"""Who may enter which part of the admin; see `matrix`.

An author comes here as someone who may add posts and pictures, and not change those
of others: of all that the addresses lead to, nothing is the author's own.
"""

from tests.config.matrix import (
    ADMINS,
    AUTHORS,
    EDITORS,
    EVERYONE,
    NOBODY,
    OUTSIDERS,
    STAFF,
)

SNIPPETS = ("blog_chain", "blog_author", "core_organisation", "tools_tooluse")


def _each(room: str, names: str) -> str:
    """Return ``names`` in the rooms of all snippets."""
    return " ".join(f"{room}_{kind}:{name}" for kind in SNIPPETS for name in names.split())


# Two of Wagtail's own pages ask nobody's permission and tell nothing either: the one that
# says which pages may not be changed in bulk, and the one that warns of ending a workflow.
FOR_STAFF: dict[frozenset[str], str] = {
    EVERYONE: "wagtailadmin_sprite wagtailadmin_javascript_catalog POST wagtailadmin_login",
    OUTSIDERS: "GET wagtailadmin_login",
    STAFF: f"""
        wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles
        wagtailadmin_editing_sessions:release wagtail_bulk_action
        wagtailadmin_pages:confirm_workflow_cancellation
        wagtailadmin_api:pages:listing
        wagtailadmin_api:documents:listing wagtailadmin_api:documents:detail
        wagtailadmin_api:documents:find
        wagtailadmin_api:images:listing wagtailadmin_api:images:detail wagtailadmin_api:images:find
        wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search
        wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link
        wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link
        wagtailadmin_choose_page_anchor_link
        wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete
        wagtailadmin_pages:choose_parent wagtailadmin_pages:revisions_index
        wagtailadmin_reports:site_history wagtailadmin_reports:site_history_results
        wagtailadmin_workflows:task_chooser wagtailadmin_workflows:task_chooser_results
        wagtailadmin_workflows:task_chooser_create wagtailadmin_workflows:task_chosen
        wagtailembeds:chooser wagtailembeds:chooser_upload
        wagtaildocs_chooser:choose wagtaildocs_chooser:choose_results
        wagtaildocs_chooser:chosen_multiple
        wagtailimages_chooser:choose wagtailimages_chooser:choose_results
        wagtailimages_chooser:chosen_multiple
        {_each("wagtailsnippetchoosers", "choose choose_results chosen chosen_multiple")}
        wagtailsnippetchoosers_moderation_reason:choose
        wagtailsnippetchoosers_moderation_reason:choose_results
        wagtailsnippetchoosers_moderation_reason:chosen
        wagtailsnippetchoosers_moderation_reason:chosen_multiple
    """,
    AUTHORS: """
        wagtailadmin_api:pages:detail wagtailadmin_api:pages:find
        wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results
        wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:add_subpage
        wagtailadmin_pages:type_use wagtailadmin_pages:type_use_results
        wagtailadmin_pages:search wagtailadmin_pages:search_results
        wagtailadmin_reports:workflow wagtailadmin_reports:workflow_results
        wagtailadmin_reports:workflow_tasks wagtailadmin_reports:workflow_tasks_results
        wagtailadmin_reports:aging_pages wagtailadmin_reports:aging_pages_results
        wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results
        wagtailimages:index wagtailimages:index_results wagtailimages:add
        wagtailimages:add_multiple wagtailimages_chooser:chosen wagtailimages_chooser:create
        wagtailimages_chooser:select_format
    """,
    EDITORS: f"""
        wagtailadmin_api:pages:action wagtailadmin_editing_sessions:ping
        wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft
        wagtailadmin_pages:delete wagtailadmin_pages:unpublish wagtailadmin_pages:convert_alias
        wagtailadmin_pages:move wagtailadmin_pages:move_confirm
        wagtailadmin_pages:set_page_position wagtailadmin_pages:copy wagtailadmin_pages:usage
        wagtailadmin_pages:workflow_action wagtailadmin_pages:collect_workflow_action_data
        wagtailadmin_pages:workflow_preview
        wagtailadmin_pages:workflow_history wagtailadmin_pages:workflow_history_detail
        wagtailadmin_pages:set_privacy wagtailadmin_pages:lock wagtailadmin_pages:unlock
        wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert
        wagtailadmin_pages:revisions_unschedule wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:history wagtailadmin_pages:history_results
        wagtailadmin_reports:locked_pages wagtailadmin_reports:locked_pages_results
        simple_translation:submit_page_translation
        wagtaildocs:index wagtaildocs:index_results wagtaildocs:add wagtaildocs:edit
        wagtaildocs:delete wagtaildocs:add_multiple wagtaildocs:edit_multiple
        wagtaildocs:delete_multiple wagtaildocs:document_usage wagtaildocs_chooser:chosen
        wagtaildocs_chooser:create
        wagtailimages:edit wagtailimages:delete wagtailimages:preview wagtailimages:image_usage
        wagtailimages:edit_multiple wagtailimages:delete_multiple
        {_each("wagtailsnippets", "list list_results add edit delete usage copy")}
        {_each("wagtailsnippets", "history history_results")}
        {_each("wagtailsnippetchoosers", "create")}
        wagtailsnippetchoosers_moderation_reason:create
        post:index post:index_results post:inspect POST post:again POST post:cancel
        geen-mail:index geen-mail:index_results geen-mail:add geen-mail:delete
        geen-mail:history geen-mail:history_results
        GET overzichten:overview
        POST overzichten:try POST overzichten:test
        POST overzichten:introduce POST overzichten:hold POST overzichten:release
        subscribers:import
    """,
    ADMINS: """
        wagtailadmin_collections:index wagtailadmin_collections:add wagtailadmin_collections:edit
        wagtailadmin_collections:delete wagtailadmin_collections:set_privacy
        wagtailadmin_workflows:index wagtailadmin_workflows:index_results
        wagtailadmin_workflows:add wagtailadmin_workflows:enable wagtailadmin_workflows:disable
        wagtailadmin_workflows:edit wagtailadmin_workflows:usage
        wagtailadmin_workflows:usage_results wagtailadmin_workflows:remove
        wagtailadmin_workflows:add_task wagtailadmin_workflows:select_task_type
        wagtailadmin_workflows:task_index wagtailadmin_workflows:task_index_results
        wagtailadmin_workflows:edit_task wagtailadmin_workflows:disable_task
        wagtailadmin_workflows:enable_task
        wagtailredirects:index wagtailredirects:index_results wagtailredirects:add
        wagtailredirects:edit wagtailredirects:delete wagtailredirects:start_import
        wagtailredirects:process_import
        abonnementen:index abonnementen:index_results abonnementen:delete abonnementen:inspect
        abonnementen:history abonnementen:history_results
        subscribers:export
        toestemmingen:index toestemmingen:index_results toestemmingen:inspect
        post-per-maand:index post-per-maand:index_results
        wagtailsites:index wagtailsites:index_results wagtailsites:add wagtailsites:edit
        wagtailsites:delete wagtailsites:copy wagtailsites:usage
        wagtailsites:history wagtailsites:history_results
        wagtailusers_users:index wagtailusers_users:index_results wagtailusers_users:add
        wagtailusers_users:edit wagtailusers_users:delete wagtailusers_users:copy
        wagtailusers_users:usage wagtailusers_users:history wagtailusers_users:history_results
        wagtailusers_groups:index wagtailusers_groups:index_results wagtailusers_groups:add
        wagtailusers_groups:edit wagtailusers_groups:delete wagtailusers_groups:usage
        wagtailusers_groups:history wagtailusers_groups:history_results
    """,
    # Not there: switched off, only looked at and never changed, or about an upload under way.
    # Logging out leads to the page to log in.
    NOBODY: """
        POST overzichten:overview GET overzichten:try GET overzichten:test
        GET overzichten:introduce GET overzichten:hold GET overzichten:release
        wagtailadmin_logout wagtailadmin_error_test wagtailadmin_block_preview
        wagtailadmin_password_reset wagtailadmin_password_reset_done
        wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete
        wagtailsettings:edit wagtailsettings:preview_on_edit wagtailsnippets:index
        simple_translation:submit_snippet_translation
        wagtaildocs:create_multiple_from_uploaded_document wagtaildocs:delete_upload_multiple
        wagtailimages:create_multiple_from_uploaded_image wagtailimages:delete_upload_multiple
        wagtailimages:url_generator wagtailimages:url_generator_output
        abonnementen:add abonnementen:edit abonnementen:usage
        post:add post:edit post:delete post:usage post:history post:history_results
        toestemmingen:add toestemmingen:edit toestemmingen:delete toestemmingen:usage
        toestemmingen:history toestemmingen:history_results
        GET post:again GET post:cancel geen-mail:edit geen-mail:usage
        post-per-maand:add post-per-maand:edit post-per-maand:delete post-per-maand:usage
        post-per-maand:history post-per-maand:history_results
    """,
}
