from api.sequencer.cosigned import CosignedTree


def test_the_cosigned_tree_only_grows() -> None:
    tree = CosignedTree(0, b"empty")
    tree.advance(7, b"seven")
    tree.advance(5, b"five")
    assert tree.latest == (7, b"seven")
