"""What axe-core finds on a page, in light and in dark."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that can differ in the dark
# Until what changes colour slowly has done so; some movements never end.
SETTLED = """async () => {
    const ended = () => document.getAnimations().map(animation => animation.finished);
    const frames = new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.race([
        frames.then(() => Promise.allSettled(ended())),
        new Promise(done => setTimeout(done, 1000)),
    ]);
}"""

RUN = "async ([part, options]) => (await axe.run(part ?? document, options)).violations"


def problems(page: Page, part: str | None = None) -> list[str]:
    """Return what is wrong with the page, or with the ``part`` of it, one line an element.

    Of an admin page only a part is ours; Wagtail's frame is its own. What moves or fades
    is not waited for: nothing does for who asks for that.
    """
    page.wait_for_load_state()  # styles too: a target has its size from them
    found = []
    for scheme, rules in (("dark", COLOURS), ("light", WCAG)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        for violation in page.evaluate(RUN, [part, options]):
            found += [
                f"{scheme}, {violation['id']}: {node['html']} {node['failureSummary']}"
                for node in violation["nodes"]
            ]
    page.emulate_media(reduced_motion="no-preference")
    return found
