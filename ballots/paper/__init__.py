"""What is printed: credential cards, and the typesetting that cards and reports share.

Paper is bytes out: nothing here touches a disk but the packaged fonts and templates. The typesetter is in
:mod:`ballots.paper.typeset` alone.
"""
