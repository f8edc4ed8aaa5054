"""Posts, their authors, and the chains that they are links of."""

from blog.models.authors import Author
from blog.models.chains import Chain, Link
from blog.models.posts import BlogIndexPage, BlogPage, BlogPageTag

__all__ = ["Author", "BlogIndexPage", "BlogPage", "BlogPageTag", "Chain", "Link"]
