"""The demo's content: a made-up chain letter, tool library and conversation."""
