"""WordPress in: from a WXR export to posts, pages, authors, chains, pictures and comments."""
