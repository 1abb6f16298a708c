from ballots.screen.policy import ASSET_HEADERS, CONTENT_SECURITY_POLICY, PAGE_HEADERS


def test_pages_may_load_nothing_from_elsewhere_and_run_nothing_of_their_own() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert PAGE_HEADERS["Cache-Control"] == "no-store"
    assert "immutable" in ASSET_HEADERS["Cache-Control"]
