"""The demo's pictures, drawn by code in one palette, with one line that links them all."""
