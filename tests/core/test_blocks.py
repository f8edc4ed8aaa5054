import pytest

from core.blocks import embed_address

YOUTUBE = "https://www.youtube-nocookie.com/embed/abc123XYZ_-"


class TestEmbedAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "https://www.youtube.com/watch?v=abc123XYZ_-",
            "https://m.youtube.com/watch?app=desktop&v=abc123XYZ_-",
            "https://youtu.be/abc123XYZ_-",
            "https://www.youtube-nocookie.com/embed/abc123XYZ_-",
        ],
    )
    def test_gives_the_player_of_youtube_that_sets_no_cookie(self, address):
        assert embed_address(address) == YOUTUBE

    @pytest.mark.parametrize(
        "address", ["https://vimeo.com/123456", "https://player.vimeo.com/video/123456"]
    )
    def test_tells_vimeo_not_to_track(self, address):
        assert embed_address(address) == "https://player.vimeo.com/video/123456?dnt=1"

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "https://example.org/watch?v=abc123",
            "https://youtube.com.example.org/watch?v=abc123",
            "https://youtube.com/watch",
            "https://youtu.be/a/../../b",
            'https://youtu.be/"onload="x',
            "https://vimeo.com/abc",
            "javascript:alert(1)",
        ],
    )
    def test_knows_no_other_host_and_no_odd_key(self, address):
        assert embed_address(address) is None
