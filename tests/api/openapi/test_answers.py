from api.openapi.answers import DESCRIBED


def test_every_address_stands_there_once_and_names_its_method() -> None:
    for label, described in DESCRIBED.items():
        method, path = label.split(" ")
        assert method in ("GET", "POST", "PUT", "DELETE")
        assert path.startswith("/")
        assert (described.body is not None) == (method in ("POST", "PUT"))
        assert 413 not in described.refusals or described.body is not None
