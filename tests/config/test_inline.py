import pytest

from tests import inline


class TestFoundIn:
    @pytest.mark.parametrize(
        "source",
        [
            "<style>p { color: red }</style>",
            '<p class="x" style="color: red">',
            '<button\n  onclick="go()">',
            "<script>go()</script>",
            '<a href="javascript:go()">',
        ],
    )
    def test_sees_what_the_policy_would_block(self, source):
        assert len(list(inline.found_in(source))) == 1

    @pytest.mark.parametrize(
        "source",
        [
            '<script type="module" src="/static/core/js/main.js"></script>',
            '<script type="application/ld+json">{}</script>',
            '<p class="style">On one = two, style = calm</p>',
            '<link rel="stylesheet" href="/static/core/css/main.css">',
        ],
    )
    def test_lets_pass_what_the_policy_lets_pass(self, source):
        assert list(inline.found_in(source)) == []
