"""The pages of who follows."""

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "volger@example.org"


def path_of(link: str) -> str:
    return link.removeprefix("https://estafette.example.org")
