"""A library's site: static pages that list papers, made of their previews and nothing else.

What comes in are the records and pages of previews; a resolved document never does, so that nothing can get
into the site that no preview shows.
"""

from paperbuild.site.addresses import checked, is_reserved
from paperbuild.site.build import build, leaking, page_path
from paperbuild.site.folder import Written, put, whole_papers
from paperbuild.site.papers import Paper, in_order, paper
from paperbuild.site.settings import Settings, settings

__all__ = [
    "Paper",
    "Settings",
    "Written",
    "build",
    "checked",
    "in_order",
    "is_reserved",
    "leaking",
    "page_path",
    "paper",
    "put",
    "settings",
    "whole_papers",
]
