"""`plenum`, the one command. Of `tally` only this touches disk, clock and screen."""


def main() -> None:
    """Run the command. The import is here so that using one module of this package does not load all commands."""
    from tally.cli.ending import one_sentence

    # The cryptographic library unpacks itself into the folder for temporary files when it is imported.
    with one_sentence("plenum"):
        from tally.cli.app import main as run

        run()
